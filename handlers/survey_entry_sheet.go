package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

func isMissing(err error) bool { return errors.Is(err, data.ErrMissing) }

// typingView is one sheet to be typed in, or its two typings side by side.
type typingView struct {
	paperHead
	ID      string
	Here    string
	List    string
	Again   string // address to put it right
	Number  string
	Village string
	Purpose string
	Step    string // first, second, once, both, mend or gone
	Who     string // typed it in first
	Second  string
	Seen    string
	Fields  []typingField
	Rows    []rowsField
	Differs []difference
	Open    bool
}

// typingField is a question with its fields.
type typingField struct {
	leafBlock
	Field   string
	Name    string
	Cells   []typingCell // one, or one for each choice, item or pair
	Refused typingCell
	Out     typingCell // ticked where it is no answer
	Bad     bool
	Fault   string
}

// typingCell is one field.
type typingCell struct {
	Name, Value, Label string
}

// rowsField is how many instances of a repeat are on the page.
type rowsField struct {
	Repeat string
	Label  string
	N      int
}

func (s *Server) showTyping(c *gin.Context) error {
	one, err := s.paperSheet(c)
	if err != nil {
		return err
	}
	return s.typingPage(c, http.StatusOK, one, nil, nil)
}

func (s *Server) typingPage(c *gin.Context, status int, one sheetOf, typed url.Values, bad data.Bad) error {
	l, r := words(c), one.Response
	here := one.address(c, "entry", one.Number)
	step := one.step(account(c).ID, c.Query("again") != "" || typed.Get("again") != "")
	view := typingView{paperHead: s.paperHead(c, one.survey, "entry"), ID: s.Mint().String(), Here: here, List: one.address(c, "entry"), Again: here + "?again=1",
		Number: one.Number, Purpose: one.Printing.Purpose, Step: step, Seen: r.Changed.String(), Open: !one.put(c) && one.Purged.IsZero()}
	names, err := s.names(c)
	if err != nil {
		return err
	}
	view.Who, view.Second = names[r.By], names[r.SecondBy]
	if !one.Printing.Village.Zero() {
		villages, err := s.store.Villages(c, home(c))
		if err != nil {
			return err
		}
		view.Village = villageName(l, villages, one.Printing.Village)
	}
	p := newLeaf(&one.Form, l, one.rows(typed))
	switch step {
	case "both":
		p = newLeaf(&one.Form, l, typedRows(r.Answers, r.Second))
		view.Differs = p.differences(r.Answers, r.Second)
		for i := range view.Differs {
			d := &view.Differs[i]
			_, d.Bad = bad[d.Field]
			d.Chosen = typed.Get(d.Field)
		}
	case "first", "second", "mend":
		if typed == nil && step == "mend" {
			typed = p.keyed(r.Answers)
		}
		if typed == nil && step != "mend" {
			typed = p.prefilled(one.Printing.Village)
		}
		view.Fields, view.Rows = p.fields(typed, bad), p.rowsFields()
	}
	return s.page(c, status, "survey_entry_sheet", view, p.inOrder(bad)...)
}

// inOrder are the troubles of a sheet in the order of its questions, each with the
// question it is about.
func (p *leaf) inOrder(bad data.Bad) (list []data.Bad) {
	for _, q := range p.list {
		if fault, ok := bad[fieldOf(q)]; ok {
			named := data.Fault{Key: "survey.theirs.line", Args: []any{"what", p.name(q), "text", p.l.T(fault.Key, fault.Args...)}}
			list = append(list, data.Bad{fieldOf(q): named})
		}
	}
	if fault, ok := bad[""]; ok {
		list = append(list, data.Bad{"": fault})
	}
	return list
}

// prefilled is what a sheet says before anything is typed: where it was handed
// out.
func (p *leaf) prefilled(village data.ID) url.Values {
	q := p.form.Find(forms.Village)
	if q == nil || village.Zero() {
		return nil
	}
	if i := numberOf(p.form.Choices(q), village.String()); i != "0" {
		return url.Values{"q." + q.Name: {i}}
	}
	return nil
}

// fields are the questions of the sheet with what was typed.
func (p *leaf) fields(typed url.Values, bad data.Bad) (fields []typingField) {
	for _, q := range p.list {
		f := typingField{leafBlock: p.block(q), Field: fieldOf(q), Name: p.name(q)}
		if q.Kind == forms.Note {
			continue
		}
		if fault, ok := bad[f.Field]; ok {
			f.Bad, f.Fault = true, p.l.T(fault.Key, fault.Args...)
		}
		cell := func(part, label string) typingCell {
			return typingCell{f.Field + part, typed.Get(f.Field + part), label}
		}
		f.Refused, f.Out = cell(forms.PartRefused, ""), cell(partOut, "")
		switch q.Kind {
		case forms.Group, forms.Repeat:
		case forms.Rank, forms.Points, forms.Matrix:
			for _, choice := range f.Choices {
				f.Cells = append(f.Cells, cell("/"+choice.Name, choice.Label))
			}
		case forms.Pairs:
			for _, pair := range f.Pairs {
				f.Cells = append(f.Cells, cell("/"+pair[0].Name+"/"+pair[1].Name, pair[0].Label+" – "+pair[1].Label))
			}
		default:
			f.Cells = append(f.Cells, cell("", f.Name))
		}
		fields = append(fields, f)
	}
	return fields
}

// rowsFields are the repeats and how many instances of each stand on the page.
func (p *leaf) rowsFields() (list []rowsField) {
	p.form.All(func(q, _ *forms.Question) bool {
		if q.Kind == forms.Repeat {
			list = append(list, rowsField{q.Name, p.say(q.Label), p.rows(q)})
		}
		return true
	})
	return list
}

// keepTyping keeps a sheet: the first time as a response, the second time beside
// it, to be compared. The same number is the same response.
func (s *Server) keepTyping(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	one, err := s.paperSheet(c)
	if err != nil {
		return err
	}
	if one.put(c) || !one.Purged.IsZero() {
		return data.ErrConflict
	}
	form := c.Request.PostForm
	if form.Has("more") {
		return s.typingPage(c, http.StatusOK, one, form, nil)
	}
	t := typing{leaf: newLeaf(&one.Form, words(c), one.rows(form)), typed: form}
	answers, left := t.answers(s.Now().In(s.Zone), one.Printing.Lang)
	if t.bad != nil {
		return s.typingPage(c, http.StatusUnprocessableEntity, one, form, t.bad)
	}
	switch one.step(account(c).ID, form.Has("again")) {
	case "first":
		err = s.typeFirst(c, f, one, answers)
	case "second":
		err = s.store.SecondEntry(c, home(c), one.ID, one.Response.ID, answers, account(c).ID)
	case "mend":
		err = s.mend(c, form.Get("seen"), one, answers)
	case "once", "both": // sent twice: it is kept already
	default:
		err = data.ErrConflict
	}
	if err != nil {
		return err
	}
	return s.afterTyping(c, one, left)
}

// afterTyping goes on to the next number, or to what was typed differently.
func (s *Server) afterTyping(c *gin.Context, one sheetOf, left int) error {
	r, err := s.store.ResponseBy(c, home(c), one.ID, sheetKey(one.ID, one.Number))
	if err != nil {
		return err
	}
	if r.Second != nil {
		n, err := s.differing(c, one.survey, r, map[int]*forms.Form{r.Version: &one.Form})
		if err != nil {
			return err
		}
		if n > 0 {
			return s.done(c, one.address(c, "entry", one.Number), nil)
		}
	}
	return s.done(c, one.address(c, "entry")+"?kept="+one.Number+"&left="+strconv.Itoa(left), nil)
}

func (s *Server) typeFirst(c *gin.Context, f *form, one sheetOf, answers data.Answers) error {
	r := data.Response{ID: f.birth(s.Mint), Survey: one.ID, Version: one.Printing.Version, Key: sheetKey(one.ID, one.Number), Lang: one.Printing.Lang, Tier: data.TierPaper,
		Sheet: one.Number, State: data.StateCounted, Received: s.Now(), By: account(c).ID, Answers: answers}
	r.Village, r.Sex, r.Band = one.Form.Heard(answers)
	kept, err := s.store.AddResponse(c, home(c), r, nil)
	if err != nil || kept.ID == r.ID || kept.By == r.By {
		return err
	}
	// Another person was quicker with the same sheet: this is its second typing.
	return s.store.SecondEntry(c, home(c), one.ID, kept.ID, answers, r.By)
}

// mend puts what the sheet really says into the place of what was typed.
func (s *Server) mend(c *gin.Context, seen string, one sheetOf, answers data.Answers) error {
	r := one.Response
	if seen != r.Changed.String() {
		return data.ErrConflict
	}
	r.Answers = answers
	if r.Second != nil {
		r.Second = answers
	}
	r.Village, r.Sex, r.Band = one.Form.Heard(answers)
	return s.store.SettleResponse(c, home(c), r, s.event(c, "survey.sheet.settled", one.ID, one.Number))
}

// settleTyping takes, for each answer that was typed differently, the one that is
// on the sheet.
func (s *Server) settleTyping(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	one, err := s.paperSheet(c)
	if err != nil {
		return err
	}
	r := one.Response
	if one.put(c) || !one.Typed || r.Second == nil {
		return data.ErrConflict
	}
	p := newLeaf(&one.Form, words(c), typedRows(r.Answers, r.Second))
	run := one.Form.Run(copyAnswers(r.Answers), s.Now().In(s.Zone), one.Printing.Lang)
	for _, d := range p.differences(r.Answers, r.Second) {
		switch f.c.Request.PostForm.Get(d.Field) {
		case "1":
		case "2":
			second, _ := answerIn(r.Second, d.asked)
			putAnswer(run, d.asked, second)
		default:
			f.bad.Add(d.Field, "error.choose")
		}
	}
	if f.bad != nil {
		return s.typingPage(c, http.StatusUnprocessableEntity, one, c.Request.PostForm, f.bad)
	}
	if err := s.mend(c, f.c.Request.PostForm.Get("seen"), one, run.Final()); err != nil {
		return err
	}
	return s.afterTyping(c, one, 0)
}
