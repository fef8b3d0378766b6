package handlers

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// blankView is the empty paper of a session, for a sitting without a tablet.
type blankView struct {
	Head         sittingHead
	Municipality string
	Round        string
	Village      string
	Place        string
	Date         time.Time
	Facilitators string
	Form         string
	FormName     string
	Each, Top    int
	Columns      []string // groups
	Spans        []span   // women and men over their bands, where there are both
	Bands        []string
	Titles       []string // problems
	Room         []int    // lines to write more of them on
	Numbers      []int    // one for each problem and each such line
	Slips        []int    // ballots on a sheet
	Scores       []int
}

// span is a heading over several columns.
type span struct {
	Name string
	N    int
}

// How much room there is beside what is known already.
const (
	roomForMore = 4
	wholeSheet  = 14 // lines of a tally sheet, where few problems are known yet
	fewProblems = 10 // so many fit on a quarter of a sheet
)

func (s *Server) showBlank(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	l := words(c)
	view := blankView{Head: t.head(c), Round: t.Round.Name, Village: t.village(l), Place: t.Place, Date: t.Date.Time(), Facilitators: t.Facilitators,
		Form: string(t.Form), FormName: formName(l, t.Session), Each: t.Each, Top: t.Top, Scores: count(5)}
	view.Municipality, _ = municipality(c).Name.In(l.Code())
	cells := t.blankCells()
	for _, g := range cells {
		view.Columns = append(view.Columns, t.shortName(l, g))
	}
	if scheme := t.Round.Scheme; scheme.Sexes && len(scheme.Bands) > 0 {
		view.Spans, view.Bands = spans(l, cells)
	}
	for _, p := range t.Sheet.Problems {
		view.Titles = append(view.Titles, t.title(l, p))
	}
	view.Room = count(max(roomForMore, wholeSheet-len(view.Titles)))
	if t.Form != data.Tally {
		view.Room = count(roomForMore)
	}
	view.Numbers = count(len(view.Titles) + roomForMore)
	view.Slips = count(4)
	if len(view.Titles) > fewProblems {
		view.Slips = count(2)
	}
	return s.page(c, http.StatusOK, "session_blank", view)
}

// spans are the sexes over their bands.
func spans(l *lang.Lang, cells []data.Group) (over []span, bands []string) {
	for i, g := range cells {
		if i == 0 || g.Sex != cells[i-1].Sex {
			over = append(over, span{Name: sexName(l, g.Sex)})
		}
		over[len(over)-1].N++
		bands = append(bands, bandName(l, g.Band))
	}
	return over, bands
}

// blankCells are the groups of the paper: those that are here, or all that can
// be where nobody is counted yet.
func (t *sitting) blankCells() []data.Group {
	if here := t.present(); len(here) > 0 {
		return here
	}
	cells := slices.DeleteFunc(t.cells(), t.unsaid)
	if len(cells) == 0 {
		return []data.Group{{Tag: t.Tag}}
	}
	return cells
}

// count is 1, 2, 3 and so on up to n.
func count(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i + 1
	}
	return list
}
