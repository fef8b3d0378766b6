package handlers

import (
	"io"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/export"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// surveyFile is one of the files that a survey's responses can be had as.
type surveyFile struct {
	name, kind string
	write      func(io.Writer, *lang.Lang, *export.Survey) error
}

var surveyFiles = []surveyFile{
	{"responses.csv", "text/csv; charset=utf-8", func(w io.Writer, l *lang.Lang, s *export.Survey) error { return s.SpreadsheetCSV(w, l.Code(), l.T) }},
	{"responses.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer, l *lang.Lang, s *export.Survey) error { return s.XLSX(w, l.Code(), l.T) }},
	{"codebook.csv", "text/csv; charset=utf-8", func(w io.Writer, l *lang.Lang, s *export.Survey) error { return s.CodebookCSV(w, l.Code(), l.T) }},
	{"machine.csv", "text/csv; charset=utf-8", func(w io.Writer, _ *lang.Lang, s *export.Survey) error { return s.MachineCSV(w) }},
	{"responses.json", "application/json; charset=utf-8", func(w io.Writer, _ *lang.Lang, s *export.Survey) error { return s.JSON(w) }},
}

// ballotsFile is the long CSV of the ranking question.
const ballotsFile = "ballots.csv"

// exports are the addresses of the files.
func exports(l *lang.Lang, under, tier string, weighted, ranked bool) (links []link) {
	q := url.Values{}
	if tier != allTiers {
		q.Set("tier", tier)
	}
	add := func(name string) {
		links = append(links, link{Label: l.T("survey.file." + strings.ReplaceAll(name, ".", "_")), Address: strings.TrimSuffix(under+name+"?"+q.Encode(), "?")})
	}
	if ranked {
		defer add(ballotsFile)
		defer q.Del("weight")
	}
	if weighted {
		q.Set("weight", "1")
	}
	for _, file := range surveyFiles {
		add(file.name)
	}
	return links
}

// exportSurvey answers with a file of responses, which is written while they are
// read. Those that do not count are in it only where the address says so.
func (s *Server) exportSurvey(c *gin.Context) error {
	survey, counted, err := s.surveyOf(c)
	if err != nil {
		return err
	}
	tiers := tiersOf(c.DefaultQuery("tier", allTiers))
	i := slices.IndexFunc(surveyFiles, func(f surveyFile) bool { return f.name == c.Param("file") })
	switch {
	case tiers == nil:
		return data.ErrMissing
	case c.Param("file") == ballotsFile:
		return s.exportSurveyBallots(c, survey, counted, tiers)
	case i < 0:
		return data.ErrMissing
	}
	out := export.Survey{Title: survey.Title, Zone: s.Zone, Village: func(id data.ID) string { return counted.village(words(c), id) }}
	r := reading{survey: survey, counted: counted, l: words(c), tiers: tiers, weigh: c.Query("weight") != ""}
	err = s.tally(c, home(c), survey, counted, func(t *surveyTally) error {
		r.surveyTally = t
		out.Asked, out.Repeats = t.tally.Asked, export.Repeats(t.tally)
		r.weights(r.came())
		return nil
	})
	if err != nil {
		return err
	}
	if r.weight != nil {
		out.Weight = func(one *data.Response) float64 {
			return r.weight(forms.Cell{Village: one.Village, Sex: one.Sex, Band: one.Band})
		}
	}
	every := c.Query("state") == "all"
	out.Responses = s.wanted(c, survey, func(one *data.Response) bool {
		return slices.Contains(tiers, one.Tier) && (one.State == data.StateCounted || every && one.State != data.StateWithdrawn)
	})
	return s.streamed(c, survey, surveyFiles[i].name, surveyFiles[i].kind, func(w io.Writer) error { return surveyFiles[i].write(w, words(c), &out) })
}

// wanted are those of a survey's responses that are asked for, in an order that
// does not tell when they came.
func (s *Server) wanted(c *gin.Context, survey data.Survey, want func(*data.Response) bool) iter.Seq2[data.Response, error] {
	return func(yield func(data.Response, error) bool) {
		for r, err := range s.store.Shuffled(c, home(c), survey.ID) {
			if err == nil && !want(&r) {
				continue
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// streamed writes a file while it is made.
func (s *Server) streamed(c *gin.Context, survey data.Survey, file, kind string, write func(io.Writer) error) error {
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": survey.Word + "-" + file}))
	c.Header("Content-Type", kind)
	err := write(c.Writer)
	if err != nil && !c.Writer.Written() {
		c.Writer.Header().Del("Content-Disposition")
		return err
	}
	if err != nil { // half a file must not look whole
		s.Log.Error("export", "error", err, "survey", survey.ID)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// exportSurveyBallots writes the ranking question as the long CSV that ballots
// of sessions are written as. Problems that were merged are written as the one
// that stands for them, so that the file counts as the ranking does.
func (s *Server) exportSurveyBallots(c *gin.Context, survey data.Survey, counted *Counted, tiers []data.Tier) error {
	var asked *forms.Asked
	err := s.tally(c, home(c), survey, counted, func(t *surveyTally) error {
		if at := t.tally.Source(); at >= 0 {
			asked = &t.tally.Asked[at]
		}
		return nil
	})
	if err != nil {
		return err
	}
	if asked == nil {
		return data.ErrMissing
	}
	l, merges := words(c), data.MergesOf(counted.all())
	out := export.Round{Name: survey.Word, Top: asked.Top}
	for _, id := range counted.Rank.Problems {
		out.Problems = append(out.Problems, export.Problem{ID: id, Source: counted.Problems[id].Source, Title: counted.title(l, id)})
	}
	ballot := asked.Balloting()
	responses := s.wanted(c, survey, func(r *data.Response) bool {
		return r.State == data.StateCounted && slices.Contains(tiers, r.Tier)
	})
	out.Ballots = func(yield func(export.Ballot, error) bool) {
		for r, err := range responses {
			one := export.Ballot{Group: data.Group{Sex: r.Sex, Band: r.Band}, Choices: ballot(r.Answers[asked.Name]).Merged(merges, false)}
			if err == nil && len(one.Choices) == 0 {
				continue
			}
			if !r.Village.Zero() {
				one.Village = counted.village(l, r.Village)
			}
			if !yield(one, err) || err != nil {
				return
			}
		}
	}
	return s.streamed(c, survey, ballotsFile, "text/csv; charset=utf-8", func(w io.Writer) error { return export.CSV(w, out) })
}
