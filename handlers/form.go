package handlers

import (
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/unicode/norm"

	"ashar/data"
)

// form reads what was typed. Text comes out composed (NFC) and cleaned; what
// cannot be read is noted in bad, beside its field.
type form struct {
	c   *gin.Context
	bad data.Bad
}

// read parses the form, whose size the door has bounded.
func read(c *gin.Context) (*form, error) {
	if err := c.Request.ParseForm(); err != nil {
		var none *form
		return none, errorOfForm(err)
	}
	return &form{c: c}, nil
}

// text is one field.
func (f *form) text(name string) string {
	return data.Clean(norm.NFC.String(f.c.Request.PostForm.Get(name)))
}

// line is one field without line breaks.
func (f *form) line(name string) string { return tidy(f.c.Request.PostForm.Get(name)) }

// tidy is a text as a line of a form comes out.
func tidy(text string) string {
	return strings.Join(strings.Fields(data.Clean(norm.NFC.String(text))), " ")
}

// texts is a field in three languages: name.ky, name.ru, name.en.
func (f *form) texts(name string) (t data.Text) {
	for _, l := range data.Languages {
		t.Put(l, f.line(name+"."+l))
	}
	return t
}

// all are the values of a field that may stand several times.
func (f *form) all(name string) []string { return f.c.Request.PostForm[name] }

// has tells whether a box was ticked or a button pressed.
func (f *form) has(name string) bool { return f.c.Request.PostForm.Has(name) }

// id is a field with an ID; the zero ID where it is empty, a fault where it
// cannot be read.
func (f *form) id(name string) data.ID {
	s := f.c.Request.PostForm.Get(name)
	if s == "" {
		return data.ID{}
	}
	id, err := data.ParseID(s)
	if err != nil {
		f.bad.Add(name, "error.choose")
	}
	return id
}

// birth is the ID that a form gives to what it makes, so that the same form
// sent twice makes it once. A form without one makes something new.
func (f *form) birth(mint func() data.ID) data.ID {
	if id, err := data.ParseID(f.c.Request.PostForm.Get("id")); err == nil && !id.Zero() {
		return id
	}
	return mint()
}

// number is a whole number; empty is zero.
func (f *form) number(name string) int {
	s := strings.ReplaceAll(f.line(name), " ", "")
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.Replace(s, "−", "-", 1))
	if err != nil || n > 1<<31 || n < -(1<<31) {
		f.bad.Add(name, "error.number")
		return 0
	}
	return n
}

// decimal is a number with a point or a comma; empty is zero.
func (f *form) decimal(name string) float64 {
	s := strings.NewReplacer(",", ".", "−", "-").Replace(f.line(name))
	if s == "" {
		return 0
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		f.bad.Add(name, "error.number")
	}
	return x
}

// group is the group that a form speaks of: sex, band, tag.
func (f *form) group() data.Group {
	return data.Group{Sex: data.Sex(f.line("sex")), Band: data.Band(f.line("band")), Tag: f.line("tag")}
}

// join adds the faults that a rule found to those of the form itself, which
// come first.
func (f *form) join(more data.Bad) data.Bad {
	for field, fault := range more {
		f.bad.Add(field, fault.Key, fault.Args...)
	}
	return f.bad
}
