package handlers

import (
	"encoding/binary"
	"time"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates"
)

// screenView is one page of questions.
type screenView struct {
	residentHead
	Action  string
	Intro   []string // paragraphs; of the first page only
	Least   int      // the smallest group whose answers are shown
	Heading string   // of a group; empty where the question itself is the heading
	Asks    []askView
	Later   []askView // for the page's script
	Logic   bool      // the page has conditions or rules for its script
	Ranks   bool
	Now     string // what conditions look at, for the script
	Known   string
	First   bool
	Door    bool   // there is a place for a code of a sheet
	Sheet   string // the code they came with
	Back    string
	Drop    bool // the instance of a repeat can be taken back
	More    string
	Came    bool // questions have come that were not there
	Send    bool // the button says that this was all
	At, Of  int
}

// askView is a question as a page asks it.
type askView struct {
	Kind, Name          string
	Mark                string // says that it stood on the page
	ID                  string // of its first control
	Label, Hint         string
	Lang, HintLang      string
	Top                 bool // it is the heading of the page
	Optional, Refusable bool
	Refused             bool
	Error               string
	Value               string
	Max                 int
	Keys                string // inputmode
	Select              bool
	Choices             []choiceView
	Shown               string
	Places              []int
	Most                int
	Ties                bool
	Points              int
	From, To, Step      string
	Relevant, Rule      string
	Message             string
}

// choiceView is a choice, an item of a matrix or a pair.
type choiceView struct {
	Name, Label, Lang string
	ID, Value         string
	On                bool
	Marks             []choiceView
}

// show draws a page of questions.
func (a *answering) show(status int, screens []forms.Screen, at int, fields forms.Values, bad data.Bad, came bool) error {
	view := a.view(screens, at, fields, bad)
	view.Came = came
	view.Sheet = a.typedOne(fieldCode)
	first := a.c.FullPath() == "/s/:word/:token"
	view.First = first
	if first {
		view.Action = a.path("")
		view.Back = ""
	}
	errs := faultsOf(view.Asks)
	if fault, ok := bad[fieldMore]; ok {
		errs = append(errs, templates.Error{Field: fieldMore, Text: words(a.c).T(fault.Key)})
	}
	return a.s.resident(a.c, status, "respond", a.of, view, errs)
}

// view is what a page of questions is drawn from.
func (a *answering) view(screens []forms.Screen, at int, fields forms.Values, bad data.Bad) screenView {
	screen, l := screens[at], words(a.c)
	v := screenView{residentHead: a.s.residentHead(a.c, a.of), Action: a.path(screen.Key()), At: at + 1, Of: len(screens), Send: at+1 == len(screens) && !screen.More}
	if at > 0 {
		v.Back = a.path(screens[at-1].Key())
	}
	d := drawing{run: a.run, lang: l, screen: screen, fields: fields, bad: bad, seed: binary.BigEndian.Uint64(a.token[2:])}
	if at == 0 {
		d.seed = uint64(a.lot())
	}
	alone := screen.Repeat == nil && len(screen.All) == 1 && screen.All[0].Name == screen.Name
	for _, q := range screen.Asked {
		ask := d.ask(q)
		ask.Top = alone
		v.Asks = append(v.Asks, ask)
		v.Logic = v.Logic || !alone && (ask.Relevant != "" || ask.Rule != "")
		v.Ranks = v.Ranks || q.Kind == forms.Rank
	}
	for _, q := range screen.Later {
		v.Later = append(v.Later, d.ask(q))
		v.Logic, v.Ranks = true, v.Ranks || q.Kind == forms.Rank
	}
	if v.Logic { // else the server alone decides, and no script need travel
		v.Now = a.run.Now.Format("2006-01-02T15:04:05.000-07:00")
		v.Known = encoded(a.run.Known(screen))
	}
	a.heading(&v, screen, alone)
	return v
}

// heading of a page that is not one question: the group's, or the repeat's with
// the number of the instance.
func (a *answering) heading(v *screenView, screen forms.Screen, alone bool) {
	if alone {
		return
	}
	l := words(a.c)
	v.Heading = v.Title
	if q := a.form.Question(screen.Name); q != nil && !q.Label.Empty() {
		v.Heading, _ = q.Label.In(l.Code())
	}
	switch {
	case screen.More:
		v.More = l.T("response.more", "n", len(a.run.Answers[screen.Name].Rows))
	case screen.Repeat != nil:
		v.Heading = l.T("response.instance", "title", v.Heading, "n", screen.Row+1)
		v.Drop = screen.Repeat.Times == ""
	}
}

// lot is which order drawn by lot the first page of a token shows.
func (a *answering) lot() int { return int(a.token[1]) % lots }

// seconds since the first page was asked for.
func (a *answering) seconds() int {
	return int(min(a.s.Now().Sub(a.token.born()), 24*time.Hour) / time.Second)
}
