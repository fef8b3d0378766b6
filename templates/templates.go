// Package templates is what people see: pages, and the fragments of pages that
// htmx redraws. A page file defines "title", "main" and one template for each
// fragment; a fragment has the name that is the id of the element it draws.
package templates

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"ashar/static"
	"ashar/templates/lang"
)

//go:embed *.html
var files embed.FS

// shared files are parsed into every page: the layout and the parts that many
// pages use.
var shared = []string{"layout.html", "part.html", "figure.html", "replay.html", "ranking_part.html", "sitting.html", "record_part.html", "problem_part.html", "survey_part.html", "survey_paper_part.html", "survey_result_part.html", "respond_part.html"}

// Page is everything a page is drawn from. View has the shape of its page.
type Page struct {
	Lang         *lang.Lang
	Languages    []*lang.Lang
	Address      string // of the page itself, to come back to after a change of language
	Account      Account
	Municipality Place
	Round        Place
	Current      string // the part of the main menu the page belongs to
	Invented     bool
	Errors       []Error // what is wrong with the form, in the order of its fields
	View         any
}

// Account is who is signed in, as the layout shows it.
type Account struct {
	SignedIn      bool
	ID            string
	Name          string
	Administrator bool
	Staff         bool // administrator or staff: may set things up
	Facilitator   bool // may record sessions
	Observer      bool // may read the ranking
}

// Place is a municipality or round in the head of a page.
type Place struct {
	Name    string
	Address string
}

// Error is what is wrong with one field.
type Error struct{ Field, Text string }

// Keeps tells whether a page speaks of taps that wait on the tablet: to those
// who may tap, and to whoever is about to sign in.
func (p Page) Keeps() bool { return p.Account.Facilitator || !p.Account.SignedIn }

// Error is the text to show beside a field, empty where nothing is wrong.
func (p Page) Error(field string) string {
	for _, e := range p.Errors {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}

// Templates are all pages in all languages. What they share is parsed once; a
// page when somebody first asks for it in a language: a server that is asked for
// two languages keeps two, and starts at once. The tests parse them all.
type Templates struct {
	assets *static.Files
	shared *template.Template // never executed, or it could not be cloned
	pages  map[key]*page
}

// key names a page in a language.
type key struct{ lang, page string }

type page struct {
	lang   *lang.Lang
	file   string
	once   sync.Once
	parsed *template.Template
	err    error
}

// New finds every page of every language.
func New(words lang.Set, assets *static.Files) (*Templates, error) {
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, err
	}
	common, err := template.New("").Funcs(functions(words.All()[0], assets)).ParseFS(files, shared...)
	if err != nil {
		return nil, err
	}
	t := &Templates{assets: assets, shared: common, pages: map[key]*page{}}
	for _, l := range words.All() {
		for _, name := range names {
			if !slices.Contains(shared, name) {
				t.pages[key{l.Code(), strings.TrimSuffix(name, ".html")}] = &page{lang: l, file: name}
			}
		}
	}
	return t, nil
}

// page is a page of a language, with the words of the language bound to it.
func (t *Templates) page(lang, name string) (*template.Template, error) {
	p := t.pages[key{lang, name}]
	if p == nil {
		return nil, fmt.Errorf("there is no page %q", name)
	}
	p.once.Do(func() {
		if p.parsed, p.err = t.shared.Clone(); p.err == nil {
			p.parsed, p.err = p.parsed.Funcs(functions(p.lang, t.assets)).ParseFS(files, p.file)
		}
	})
	if p.err != nil {
		return nil, fmt.Errorf("page %s: %w", name, p.err)
	}
	return p.parsed, nil
}

// Render writes a page, or only the fragment that a request asks for by the id
// of the element it wants to redraw. A page that has no such fragment is
// written whole.
func (t *Templates) Render(w io.Writer, name string, fragment string, p Page) error {
	parsed, err := t.page(p.Lang.Code(), name)
	if err != nil {
		return err
	}
	if fragment == "" || parsed.Lookup(fragment) == nil {
		fragment = "layout"
	}
	return parsed.ExecuteTemplate(w, fragment, p)
}

// Has tells whether a page has a fragment of its own by that name.
func (t *Templates) Has(lang, name, fragment string) bool {
	parsed, err := t.page(lang, name)
	return err == nil && fragment != "" && parsed.Lookup(fragment) != nil
}

// Pages are the names of all pages.
func (t *Templates) Pages() []string {
	var names []string
	for k := range t.pages {
		if !slices.Contains(names, k.page) {
			names = append(names, k.page)
		}
	}
	slices.Sort(names)
	return names
}

// texts is said in several languages, like data.Text.
type texts interface {
	In(lang string) (text, really string)
}

// functions are what a template can call. Words are bound to the language here,
// once, and not at each request.
func functions(l *lang.Lang, assets *static.Files) template.FuncMap {
	return template.FuncMap{
		"t":        l.T,
		"number":   l.Number,
		"decimal":  l.Decimal,
		"percent":  l.Percent,
		"date":     l.Date,
		"day":      l.ShortDate,
		"datetime": l.DateTime,
		"clock":    l.Clock,
		"asset":    assets.URL,
		"text":     func(t texts) string { s, _ := t.In(l.Code()); return s },
		"textlang": func(t texts) string { _, really := t.In(l.Code()); return really },
		"iso":      func(t time.Time) string { return t.Format(time.RFC3339) },
		"add":      func(a, b int) int { return a + b },
		"list":     func(values ...any) []any { return values },
		"dict":     dict,
	}
}

// dict puts named values together for a part that wants more than one: dict
// "field" "name" "label" "Name". The page goes along under "page".
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict wants names and values in pairs")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict wants a name and not %v", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}
