package handlers

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
	"ashar/templates/report"
)

// rankingPDF is the result on paper, for the information board: what may leave the
// staff, in the view of the round's rule.
func (s *Server) rankingPDF(c *gin.Context) error {
	r, err := s.round(c, "ranking")
	if err != nil {
		return err
	}
	size := report.Size(c.DefaultQuery("size", string(report.A4)))
	if size != report.A4 && size != report.A3 {
		return data.ErrMissing
	}
	counted, err := s.counted(c, home(c), r)
	if err != nil {
		return err
	}
	l, m, now := words(c), municipality(c), s.Now()
	name, _ := m.Name.In(l.Code())
	d := counted.report(l, s.frozenOn(l, r))
	d.Lang, d.Size, d.Made = l.Code(), size, now
	d.Footer = l.T("report.footer", "name", name, "round", r.Name, "date", l.Date(now.In(s.Zone)))
	d.Page = func(page, of int) string { return l.T("report.page", "page", page, "of", of) }
	if m.Invented {
		d.Synthetic = l.T("synthetic.banner")
	}
	var b bytes.Buffer
	if err := report.Write(&b, d); err != nil {
		return err
	}
	file := m.Slug + "-" + r.Name + ".pdf"
	c.Header("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": file}))
	c.Data(http.StatusOK, "application/pdf", b.Bytes())
	return nil
}

// report is what the paper says, in the order of the page.
func (c *Counted) report(l *lang.Lang, frozen string) (d report.Document) {
	o := c.public()
	headline, titles := o.whole, func(id data.ID) string { return c.title(l, id) }
	if headline.Reason != "" {
		d.Title = l.T("chart.none")
		d.Subtitle = l.T("ranking.reason."+headline.Reason, "least", c.Round.Rule.Smallest())
		return d
	}
	ranked := chart.RankedSure(l, titles, *headline, o.study.sure(), "ranked")
	sure := o.study.words(l, c, headline)
	d.Title = ranked.Heading
	d.Subtitle = l.T("report.subtitle", "people", l.T("count.people", "n", headline.Counted), "groups", l.T("count.groups", "n", headline.Voices),
		"problems", l.T("count.problems", "n", len(c.Rank.Named())), "view", l.T("view."+string(headline.View)))
	heard := chart.Heard(l, o.heard(), func(key string) string { return tagName(l, c.Round.Scheme, key) }, "heard")
	order := []report.Section{
		{Heading: l.T("report.order"), Figure: &ranked, Table: publicTable(ranked.Table, o.study.sure())},
	}
	if o.study.leave.Spans != nil {
		ladder := o.study.ladder(l, c, headline)
		order = append(order, report.Section{Heading: l.T("report.sure"), Text: append(lines(sure.Draws, sure.Badge), slices.Concat(sure.Checks, sure.Notes, lines(o.note(l)))...), Figure: &ladder})
	}
	d.Sections = append(d.Sections, report.Section{Lead: strings.Join(lines(sure.Lead, sure.Firm), " ")}, report.Section{Heading: l.T("report.heard"), Text: o.missing(l), Figure: &heard})
	apart := o.apart(l, headline)
	switch {
	case apart == nil:
		d.Sections = append(d.Sections, order...)
	case o.study.apart.differ: // the two lists lead
		d.Title = l.T("ranking.differ")
		d.Sections = append(append(d.Sections, *apart), order...)
	default:
		d.Sections = append(append(d.Sections, order...), *apart)
	}
	d.Sections = append(d.Sections, o.parts(l, headline)...)
	d.Sections = append(d.Sections, report.Section{Heading: l.T("ranking.method"), Text: append(c.method(l, headline.View, o.study, headline, frozen), l.T("report.bounds"))})
	return d
}

// publicTable is the table of the order without how many people named a problem:
// place, problem, score, and the places that it may take.
func publicTable(t chart.Table, sure chart.Sure) *chart.Table {
	cut := func(row []chart.Cell) []chart.Cell {
		kept := slices.Clone(row[:3])
		if len(sure.Ranges) > 0 {
			kept = append(kept, row[len(row)-2])
		}
		return kept
	}
	out := chart.Table{Name: t.Name, Head: cut(t.Head)}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, cut(row))
	}
	return &out
}

// lines are the texts that are not empty.
func lines(texts ...string) (all []string) {
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return all
}

// apart are women and men beside each other, nil where they may not be shown.
func (o *open) apart(l *lang.Lang, headline *rank.Ranking) *report.Section {
	if o.women == nil {
		return nil
	}
	figure := chart.Sexes(l, func(id data.ID) string { return o.counted.title(l, id) }, *headline, *o.women, *o.men, "sexes")
	section := &report.Section{Heading: l.T("report.apart"), Figure: &figure}
	for _, list := range o.sexLists(l, reportList) {
		var rows []report.Item
		for _, row := range list.Rows {
			rows = append(rows, report.Item{Mark: row.Mark, Title: row.Title, Score: row.Score})
		}
		section.Lists = append(section.Lists, report.List{Name: list.Name, N: list.N, Rows: rows})
	}
	return section
}

// reportList is how many problems stand in each of two lists on paper.
const reportList = 7

// parts are the first problems of each band and of each village, where all of
// them have enough people.
func (o *open) parts(l *lang.Lang, headline *rank.Ranking) (sections []report.Section) {
	titles := func(id data.ID) string { return o.counted.title(l, id) }
	for _, by := range []rank.By{{Band: true}, {Village: true}} {
		parts := speaking(o.Round.Break(headline.View, Everybody, by))
		if len(parts) < 2 || !o.Shows(parts[0].Cut) {
			continue
		}
		kind, heading := chart.Groups, l.T("ranking.firsts")
		if by.Village {
			kind, heading = chart.Villages, l.T("village.title")
		}
		var panels []chart.Panel
		for _, column := range chart.Columns(l, parts, func(id data.ID) string { return o.counted.village(l, id) }, nil) {
			column.Ranking = *column.Ranking.Shown()
			panel := chart.Panel{Column: column}
			if column.Ranking.Reason != "" {
				panel.Hidden = l.T("ranking.reason."+column.Ranking.Reason, "least", o.counted.Round.Rule.Smallest())
			}
			panels = append(panels, panel)
		}
		figure := chart.Multiples(l, titles, *headline, panels, kind, "parts")
		sections = append(sections, report.Section{Heading: heading, Figure: &figure})
	}
	return sections
}
