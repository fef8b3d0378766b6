package handlers

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// projectorView is the result on a wall, one message a slide, as it was at one
// moment.
type projectorView struct {
	Of, Back, Version string
	Frozen            time.Time
	Slides            []chart.Slide
}

// What a slide can hold and still be read from the back of a hall.
const (
	slideBars  = 7
	slideLists = 4
	slideSteps = 5
)

// showProjector shows what may leave the staff: it is seen by the whole assembly.
func (s *Server) showProjector(c *gin.Context) error {
	r, err := s.round(c, "ranking")
	if err != nil {
		return err
	}
	counted, err := s.counted(c, home(c), r)
	if err != nil {
		return err
	}
	name, _ := municipality(c).Name.In(words(c).Code())
	view := projectorView{Of: name + " · " + r.Name, Back: under(c, "rounds", r.ID.String(), "ranking"), Version: counted.Version[:8], Frozen: s.Now()}
	view.Slides = counted.slides(words(c))
	return s.page(c, http.StatusOK, "projector", view)
}

func (c *Counted) slides(l *lang.Lang) (slides []chart.Slide) {
	o := c.public()
	headline := o.whole
	if headline.Reason != "" {
		return []chart.Slide{{Heading: l.T("chart.none"), Text: []string{l.T("ranking.reason."+headline.Reason, "least", c.Round.Rule.Smallest())}}}
	}
	titles := func(id data.ID) string { return c.title(l, id) }
	slides = append(slides, o.heardSlide(l))
	if lists := o.sexLists(l, slideLists); lists != nil {
		slides = append(slides, chart.Slide{Heading: chart.Sexes(l, titles, *headline, *o.women, *o.men, "sexes").Heading, Lists: lists})
	}
	digits := chart.Digits(*headline)
	ranked := chart.RankedSure(l, titles, *headline, o.study.sure(), "ranked")
	sure := o.study.words(l, c, headline)
	slides = append(slides, chart.Slide{Heading: ranked.Heading, Rows: chart.SlideRows(l, titles, *headline, o.study.sure(), slideBars, digits), Note: l.T("chart.unit") + " " + l.T("report.bounds")})
	if o.study.leave.Spans != nil {
		slides = append(slides, chart.Slide{Heading: o.study.ladder(l, c, headline).Heading, Rows: chart.SlideRows(l, titles, *headline, o.study.sure(), slideSteps, digits), Ladder: true, Text: lines(sure.Lead, sure.Badge), Note: o.note(l)})
	}
	if o.study.redraw.Frames != nil {
		ids, frames := o.study.frames(headline)
		replay := chart.NewReplay(l, titles, ids, frames, "replay")
		slides = append(slides, chart.Slide{Heading: replay.Heading, Replay: &replay})
	}
	return slides
}

func (o *open) heardSlide(l *lang.Lang) chart.Slide {
	heading, grid := chart.HeardGrid(l, o.heard(), func(key string) string { return tagName(l, o.counted.Round.Scheme, key) })
	return chart.Slide{Heading: heading, Grid: &grid, Text: o.missing(l)}
}
