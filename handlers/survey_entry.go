package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// typedView is the page from which sheets are typed in: a number is all it asks.
type typedView struct {
	paperHead
	Setup   bool // may print more sheets
	Number  string
	Printed int
	Typed   int
	Twice   int
	Differ  int
	Kept    string // the sheet that was just typed in
	Left    int    // answers on it that nobody had asked for
	Lines   []typedLine
}

// typedLine is a sheet that was typed in.
type typedLine struct {
	Number  string
	Address string
	Who     string
	Second  string
	State   string
	Differs int
	Twice   bool
}

// mostTyped is how many sheets the page lists.
const mostTyped = 30

// showTyped lists what was typed in; a number leads to its sheet.
func (s *Server) showTyped(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	typed := c.Query("sheet")
	if typed == "" {
		return s.typedPage(c, http.StatusOK, v, typedView{}, nil)
	}
	var bad data.Bad
	n, ok := data.ReadSheet(typed)
	if !ok {
		bad.Add("sheet", "survey.typing.digit")
		return s.typedPage(c, http.StatusUnprocessableEntity, v, typedView{Number: typed}, bad)
	}
	if _, err := s.store.PrintingOf(c, home(c), v.ID, n); err != nil {
		bad.Add("sheet", "survey.typing.unknown")
		return s.typedPage(c, http.StatusUnprocessableEntity, v, typedView{Number: typed}, bad)
	}
	c.Redirect(http.StatusSeeOther, v.address(c, "entry", data.SheetNumber(n)))
	return nil
}

func (s *Server) typedPage(c *gin.Context, status int, v survey, view typedView, bad data.Bad) error {
	view.paperHead, view.Setup = s.paperHead(c, v, "entry"), may(c).SetUp
	printings, err := s.store.Printings(c, home(c), v.ID)
	if err != nil {
		return err
	}
	for _, p := range printings {
		view.Printed += p.Sheets()
	}
	names, err := s.names(c)
	if err != nil {
		return err
	}
	list, err := s.store.ResponsesOnPaper(c, home(c), v.ID)
	if err != nil {
		return err
	}
	versions := map[int]*forms.Form{}
	for _, r := range list {
		line := typedLine{Number: r.Sheet, Address: v.address(c, "entry", r.Sheet), Who: names[r.By], State: string(r.State), Twice: r.Second != nil}
		if r.Second != nil {
			line.Second = names[r.SecondBy]
			if line.Differs, err = s.differing(c, v, r, versions); err != nil {
				return err
			}
			view.Twice++
		}
		if line.Differs > 0 {
			view.Differ++
		}
		view.Typed++
		view.Lines = append(view.Lines, line)
	}
	slices.SortStableFunc(view.Lines, func(a, b typedLine) int { return min(1, b.Differs) - min(1, a.Differs) })
	view.Lines = view.Lines[:min(mostTyped, len(view.Lines))]
	if n, ok := data.ReadSheet(c.Query("kept")); ok {
		view.Kept = data.SheetNumber(n)
		view.Left, _ = strconv.Atoi(c.Query("left"))
	}
	return s.page(c, status, "survey_entry", view, bad)
}

// differing is how many answers of a sheet two people typed in differently.
func (s *Server) differing(c *gin.Context, v survey, r data.Response, versions map[int]*forms.Form) (int, error) {
	f := versions[r.Version]
	if f == nil {
		version, err := s.store.Version(c, home(c), v.ID, r.Version)
		if err != nil {
			return 0, err
		}
		f = &version
		versions[r.Version] = f
	}
	return len(newLeaf(f, words(c), typedRows(r.Answers, r.Second)).differences(r.Answers, r.Second)), nil
}

// sheetOf is one sheet of paper and what is known of it.
type sheetOf struct {
	survey
	Number   string
	Printing data.Printing
	Form     forms.Form
	Response data.Response
	Typed    bool
}

// sheetKey is what a sheet's response is kept under: typed in twice it is one, and
// no receipt has such a key.
func sheetKey(survey data.ID, number string) data.Key {
	return data.KeyOf(derived(survey, "sheets of paper"), number)
}

// paperSheet is the sheet in the address.
func (s *Server) paperSheet(c *gin.Context) (one sheetOf, err error) {
	if one.survey, err = s.survey(c); err != nil {
		return one, err
	}
	n, ok := data.ReadSheet(c.Param("sheet"))
	if !ok {
		return one, data.ErrMissing
	}
	one.Number = data.SheetNumber(n)
	if one.Printing, err = s.store.PrintingOf(c, home(c), one.ID, n); err != nil {
		return one, err
	}
	one.Response, err = s.store.ResponseBy(c, home(c), one.ID, sheetKey(one.ID, one.Number))
	one.Typed = err == nil
	if err != nil && !isMissing(err) {
		return one, err
	}
	version := one.Printing.Version
	if one.Typed {
		version = one.Response.Version
	}
	one.Form, err = s.store.Version(c, home(c), one.ID, version)
	return one, err
}

// step is what there is to do with a sheet for whoever asks.
func (one sheetOf) step(by data.ID, again bool) string {
	r := one.Response
	switch {
	case !one.Typed:
		return "first"
	case r.State == data.StateRemoved || r.State == data.StateWithdrawn:
		return "gone"
	case again:
		return "mend"
	case r.Second == nil && r.By != by:
		return "second"
	case r.Second == nil:
		return "once"
	}
	return "both"
}

// rows is how many instances of each repeat there is room for.
func (one sheetOf) rows(typed url.Values) func(*forms.Question) int {
	kept := typedRows(one.Response.Answers, one.Response.Second)
	return func(repeat *forms.Question) int {
		n, _ := strconv.Atoi(typed.Get("rows." + repeat.Name))
		if typed.Get("more") == repeat.Name {
			n += leafRows
		}
		return min(max(leafRows, n, kept(repeat)), forms.MaxRows)
	}
}
