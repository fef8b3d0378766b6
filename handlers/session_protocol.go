package handlers

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// protocolView is the record of a session, to be printed and signed.
type protocolView struct {
	Head         sittingHead
	Municipality string
	Village      string
	Date         time.Time
	Lines        []fact
	Draft        bool // the session is still open
	Present      presentTable
	Table        sessionTable
	Matrix       *matrixView
	Overs        []overLine
	Triads       []string
	Out          []string
	Notes        []noteLine
	Corrections  []historyLine
	Ended        string
	Remarks      string
	Code         string
	Printed      string
}

// presentTable is who was there: sexes down, bands across. Where people are
// told apart otherwise, each group has a row.
type presentTable struct {
	Columns []string
	Rows    []presentRow
	Sum     *presentRow // of several rows
	People  int
}

type presentRow struct {
	Name  string
	Class string
	Cells []int
	Total int
}

func (s *Server) showProtocol(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	l := words(c)
	// What was merged since is not what people signed: the protocol keeps the
	// problems that they named.
	r, voices := t.ranked(nil)
	view := protocolView{Head: t.head(c), Village: t.village(l), Date: t.Date.Time(), Lines: t.protocolLines(l), Draft: !t.Closed && !t.imported(),
		Present: t.presentTable(l), Table: t.table(l, r, voices), Overs: t.overLines(l), Triads: t.contradictions(l),
		Out: t.result(l, r, voices).Out, Remarks: t.Sheet.Closing.Text, Code: t.Sheet.Code(), Printed: s.moment(c, s.Now())}
	view.Municipality, _ = municipality(c).Name.In(l.Code())
	if t.Form == data.Pairs {
		matrix := t.matrix(l)
		view.Matrix = &matrix
	}
	names, err := s.names(c)
	if err != nil {
		return err
	}
	view.Notes = s.noteLines(c, t, names)
	slices.Reverse(view.Notes)
	view.Notes = slices.DeleteFunc(view.Notes, func(n noteLine) bool { return n.Gone })
	view.Corrections = s.corrections(c, t, names)
	if view.Ended, err = s.ended(c, t); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "session_protocol", view)
}

// protocolLines are the head of the protocol.
func (t *sitting) protocolLines(l *lang.Lang) []fact {
	lines := []fact{{l.T("session.round"), t.Round.Name}}
	if t.Place != "" {
		lines = append(lines, fact{l.T("session.place"), t.Place})
	}
	if tag, ok := t.Round.Scheme.Tag(t.Tag); ok {
		name, _ := tag.Name.In(l.Code())
		lines = append(lines, fact{l.T("tag.title"), name})
	}
	lines = append(lines, fact{l.T("form.title"), formName(l, t.Session)})
	if t.Facilitators != "" {
		lines = append(lines, fact{l.T("session.facilitators"), t.Facilitators})
	}
	if t.Consent != "" {
		lines = append(lines, fact{l.T("session.consent"), l.T("session.consent." + string(t.Consent))})
	}
	return lines
}

func (t *sitting) presentTable(l *lang.Lang) presentTable {
	table := presentTable{People: t.Sheet.People()}
	here, bands := t.present(), []data.Band(nil)
	for _, band := range append(slices.Clone(t.Round.Scheme.Bands), "") {
		if len(t.Round.Scheme.Bands) > 0 && slices.ContainsFunc(here, func(g data.Group) bool { return g.Band == band }) {
			bands = append(bands, band)
			table.Columns = append(table.Columns, bandName(l, band))
		}
	}
	var kinds []data.Group
	sum := presentRow{Name: l.T("sex.all"), Cells: make([]int, len(bands)), Total: table.People}
	for _, g := range here {
		kind := data.Group{Sex: g.Sex, Tag: g.Tag}
		i := slices.Index(kinds, kind)
		if i < 0 {
			i, kinds = len(kinds), append(kinds, kind)
			table.Rows = append(table.Rows, presentRow{Name: t.kindName(l, kind), Class: groupClass(t.Round.Scheme, kind), Cells: make([]int, len(bands))})
		}
		n := t.Sheet.Present(g)
		table.Rows[i].Total += n
		if j := slices.Index(bands, g.Band); j >= 0 {
			table.Rows[i].Cells[j] += n
			sum.Cells[j] += n
		}
	}
	if len(table.Rows) != 1 {
		table.Sum = &sum
	}
	return table
}

// kindName is the people of one sex, or of one tag where that tells them apart.
func (t *sitting) kindName(l *lang.Lang, kind data.Group) string {
	scheme := t.Round.Scheme
	scheme.Bands = nil
	if kind.Tag == t.Tag && scheme.Sexes {
		kind.Tag = ""
	}
	return groupLabel(l, scheme, kind)
}
