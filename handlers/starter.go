package handlers

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/store"
)

// startersView is the whole starter list as one editable table.
type startersView struct {
	Lines       []starterLine
	Basis       string // the law the numbers come from, as dated text
	Competences []option
	Saved       bool
}

type starterLine struct {
	Row        int
	ID         data.ID
	Title      data.Text
	Issue      string
	Competence string
}

// basisSetting names the setting with the legal basis of the list.
const basisSetting = "starter-basis"

// spareRows is how many empty rows the table ends with.
const spareRows = 5

// byIssue puts a list in the order of the law: by the number of the issue of
// local significance, those without one last.
func byIssue(list []data.Starter) []data.Starter {
	slices.SortStableFunc(list, func(a, b data.Starter) int {
		if (a.Issue == 0) != (b.Issue == 0) {
			return b.Issue - a.Issue
		}
		return a.Issue - b.Issue
	})
	return list
}

// SeedStarters puts the list that comes with Ashar into an empty database.
func SeedStarters(ctx context.Context, to *store.Store, mint func() data.ID) error {
	basis, err := to.Setting(ctx, basisSetting)
	if err != nil || basis != "" {
		return err
	}
	seed, err := data.SeedStarters()
	if err != nil {
		return err
	}
	for i := range seed.Starters {
		seed.Starters[i].ID = mint()
	}
	if err := to.SaveStarters(ctx, seed.Starters, data.Event{}); err != nil {
		return err
	}
	return to.SaveSetting(ctx, basisSetting, seed.Basis)
}

func (s *Server) starters(c *gin.Context, status int, view startersView, bad ...data.Bad) error {
	l := words(c)
	view.Competences = append(view.Competences, option{Value: "", Label: l.T("competence.unknown")})
	for _, k := range data.Competences {
		view.Competences = append(view.Competences, option{Value: string(k), Label: l.T("competence." + string(k))})
	}
	return s.page(c, status, "starters", view, bad...)
}

func (s *Server) showStarters(c *gin.Context) error {
	list, err := s.store.Starters(c)
	if err != nil {
		return err
	}
	basis, err := s.store.Setting(c, basisSetting)
	if err != nil {
		return err
	}
	view := startersView{Basis: basis, Saved: c.Query("saved") != ""}
	for _, p := range byIssue(list) {
		issue := ""
		if p.Issue > 0 {
			issue = strconv.Itoa(p.Issue)
		}
		view.Lines = append(view.Lines, starterLine{len(view.Lines), p.ID, p.Title, issue, string(p.Competence)})
	}
	for range spareRows {
		view.Lines = append(view.Lines, starterLine{Row: len(view.Lines), ID: s.Mint()})
	}
	return s.starters(c, http.StatusOK, view)
}

// saveStarters keeps the table as typed; a row without a title is taken out.
func (s *Server) saveStarters(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	view := startersView{Basis: f.text("basis")}
	if utf8.RuneCountInString(view.Basis) > data.MaxNotes {
		f.bad.Add("basis", "error.long", "max", data.MaxNotes)
	}
	var list []data.Starter
	for row := 0; f.has("id." + strconv.Itoa(row)); row++ {
		n := "." + strconv.Itoa(row)
		p := data.Starter{ID: f.id("id" + n), Title: f.texts("title" + n), Issue: f.number("issue" + n), Competence: data.Competence(f.line("competence" + n))}
		view.Lines = append(view.Lines, starterLine{row, p.ID, p.Title, f.text("issue" + n), string(p.Competence)})
		if p.Title.Empty() {
			continue
		}
		for field, fault := range (data.Problem{Title: p.Title, Issue: p.Issue, Competence: p.Competence}).Check() {
			f.bad.Add(field+n, fault.Key, fault.Args...)
		}
		list = append(list, p)
	}
	if f.bad != nil {
		return s.starters(c, http.StatusUnprocessableEntity, view, f.bad)
	}
	e := data.Event{At: s.Now(), Account: account(c).ID, Action: "starter.save", Detail: strconv.Itoa(len(list))}
	if err := errors.Join(s.store.SaveStarters(c, list, e), s.store.SaveSetting(c, basisSetting, view.Basis)); err != nil {
		return err
	}
	return s.done(c, "/starters?saved=1", nil)
}
