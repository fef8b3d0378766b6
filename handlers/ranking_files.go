package handlers

import (
	"bytes"
	"io"
	"mime"
	"net/http"

	"github.com/gin-gonic/gin"

	"ashar/data/export"
	"ashar/data/rank"
)

// rankingFile answers with the ranking that the address asks for, written by
// write. The numbers are those of the page.
func (s *Server) rankingFile(c *gin.Context, kind, ending string, write func(io.Writer, *Counted, asked) error) error {
	r, err := s.round(c, "ranking")
	if err != nil {
		return err
	}
	counted, err := s.sourced(c, r)
	if err != nil {
		return err
	}
	a, err := s.ask(c, counted)
	if err != nil {
		return err
	}
	if a.by, err = ParseBy(c.Query("by")); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, counted, a); err != nil {
		return err
	}
	if ending != "json" {
		name := municipality(c).Slug + "-" + r.Name + "." + ending
		c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
	c.Data(http.StatusOK, kind, b.Bytes())
	return nil
}

func (s *Server) rankingJSON(c *gin.Context) error {
	return s.rankingFile(c, "application/json; charset=utf-8", "json", func(w io.Writer, counted *Counted, a asked) error {
		return counted.Document(words(c), municipality(c), a.view, a.cut, a.by).JSON(w)
	})
}

// rankingCSV is broken down by sex and band unless the address says otherwise.
func (s *Server) rankingCSV(c *gin.Context) error {
	return s.rankingFile(c, "text/csv; charset=utf-8", "csv", func(w io.Writer, counted *Counted, a asked) error {
		if a.by == (rank.By{}) {
			a.by = groupsOf(counted)
		}
		return counted.Document(words(c), municipality(c), a.view, a.cut, a.by).CSV(w, words(c).T)
	})
}

// rankingXLSX has a sheet for everybody, one for the groups and one for the
// villages.
func (s *Server) rankingXLSX(c *gin.Context) error {
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	return s.rankingFile(c, kind, "xlsx", func(w io.Writer, counted *Counted, a asked) error {
		document := func(by rank.By) export.Document {
			return counted.Document(words(c), municipality(c), a.view, a.cut, by)
		}
		more := []export.Document{document(groupsOf(counted))}
		if len(counted.Villages) > 1 {
			more = append(more, document(rank.By{Village: true}))
		}
		return export.XLSX(w, words(c).T, document(rank.By{}), more...)
	})
}

// groupsOf breaks a round down by everything its scheme tells apart.
func groupsOf(c *Counted) rank.By {
	scheme := c.Round.Scheme
	return rank.By{Sex: scheme.Sexes, Band: len(scheme.Bands) > 0, Tag: len(scheme.Tags) > 0}
}
