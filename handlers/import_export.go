package handlers

import (
	"bytes"
	"cmp"
	"io"
	"iter"
	"maps"
	"mime"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/export"
)

func (s *Server) ballotsPB(c *gin.Context) error {
	return s.exportBallots(c, "text/plain; charset=utf-8", "pb", export.PB)
}

// ballotsCSV is for machines, unless the address says that a person wants to
// open it in a spreadsheet.
func (s *Server) ballotsCSV(c *gin.Context) error {
	if c.Query("for") == "spreadsheet" {
		return s.exportBallots(c, "text/csv; charset=utf-8", "csv", export.SpreadsheetCSV)
	}
	return s.exportBallots(c, "text/csv; charset=utf-8", "csv", export.CSV)
}

func (s *Server) exportBallots(c *gin.Context, kind, ending string, write func(io.Writer, export.Round) error) error {
	r, err := s.round(c, "")
	if err != nil {
		return err
	}
	out, err := s.ballotsOf(c, r)
	if err != nil {
		return err
	}
	name := municipality(c).Slug + "-" + r.Name + "." + ending
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.Header("Content-Type", kind)
	err = write(c.Writer, out)
	if err != nil && !c.Writer.Written() {
		c.Writer.Header().Del("Content-Disposition")
		return err
	}
	if err != nil { // half a file must not look whole
		s.Log.Error("export", "error", err, "round", r.ID)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// ballotsOf is a round as a file of ballots tells it. Problems that were merged
// are written as the one that stands for them, so that the file counts as the
// ranking does.
func (s *Server) ballotsOf(c *gin.Context, r data.Round) (export.Round, error) {
	l := words(c)
	counted, err := s.counted(c, home(c), r)
	if err != nil {
		return export.Round{}, err
	}
	out := export.Round{Name: r.Name, Starts: r.Starts, Ends: r.Ends}
	out.Municipality, _ = municipality(c).Name.In(l.Code())
	for _, id := range counted.Rank.Problems {
		title, _ := counted.Problems[id].Title.In(l.Code())
		out.Problems = append(out.Problems, export.Problem{ID: id, Source: counted.Problems[id].Source, Title: title})
	}
	sessions, without := castOrNot(counted)
	for _, one := range without {
		out.LeftOut = append(out.LeftOut, export.Session{Village: villageName(l, counted.Villages, one.Village), Date: one.Date, Form: one.Form})
	}
	for i, one := range sessions {
		if i == 0 {
			out.Top = one.Top
		} else if one.Top != out.Top {
			out.Top = 0
		}
	}
	out.Ballots = s.castIn(c, counted, sessions)
	return out, nil
}

// castOrNot parts the sessions in which somebody cast a ballot from the others,
// both in order of their dates.
func castOrNot(counted *Counted) (cast, without []data.Session) {
	ballots := map[data.ID]bool{}
	for _, v := range counted.Rank.Voices {
		if v.Ballots > 0 && !v.Form.OneVoice() {
			ballots[v.Session] = true
		}
	}
	list := slices.SortedFunc(maps.Values(counted.Sessions), func(a, b data.Session) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), bytes.Compare(a.ID[:], b.ID[:]))
	})
	for _, one := range list {
		if ballots[one.ID] {
			cast = append(cast, one)
		} else {
			without = append(without, one)
		}
	}
	return cast, without
}

// castIn are the ballots of some sessions, one session in memory at a time but
// for those that people still write in: these are read once, so that whoever
// ranges twice sees the same twice.
func (s *Server) castIn(c *gin.Context, counted *Counted, sessions []data.Session) iter.Seq2[export.Ballot, error] {
	l := words(c)
	problems := make([]data.Problem, 0, len(counted.Problems))
	for _, p := range counted.Problems {
		problems = append(problems, p)
	}
	merges := data.MergesOf(problems)
	kept := map[data.ID]*data.Sheet{}
	sheet := func(one data.Session) (*data.Sheet, error) {
		if found, ok := kept[one.ID]; ok {
			return found, nil
		}
		found, err := data.Fold(one, s.store.Entries(c, home(c), one))
		if one.Import.Zero() {
			kept[one.ID] = found
		}
		return found, err
	}
	return func(yield func(export.Ballot, error) bool) {
		for _, one := range sessions {
			found, err := sheet(one)
			if err != nil {
				yield(export.Ballot{}, err)
				return
			}
			out := export.Ballot{Village: villageName(l, counted.Villages, one.Village), Scores: one.Form == data.Scores}
			for _, b := range found.Ballots {
				out.Group, out.Choices = b.Group, b.Ballot.Merged(merges, out.Scores)
				if tag, ok := counted.Round.Scheme.Tag(b.Group.Tag); ok {
					out.Group.Tag, _ = tag.Name.In(l.Code())
				}
				if !yield(out, nil) {
					return
				}
			}
		}
	}
}

// leftOut tells whether a round has ballots to export, and names the sessions
// that have none.
func (s *Server) leftOut(c *gin.Context, r data.Round) (some bool, names []string, err error) {
	l := words(c)
	counted, err := s.counted(c, home(c), r)
	if err != nil {
		return false, nil, err
	}
	cast, without := castOrNot(counted)
	for _, one := range without {
		names = append(names, l.T("import.left_out.one", "village", villageName(l, counted.Villages, one.Village),
			"date", l.ShortDate(one.Date.Time()), "form", formName(l, one)))
	}
	return len(cast) > 0, names, nil
}
