package handlers

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzip"

	"ashar/data"
	"ashar/templates"
	"ashar/templates/lang"
)

// languageCookie remembers the language that somebody chose.
const languageCookie = "ashar-language"

// speak finds the language to answer in: the one chosen before, else what the
// browser asks for, else Kyrgyz.
func (s *Server) speak(c *gin.Context) {
	if chosen, err := c.Cookie(languageCookie); err == nil {
		if l, ok := s.words.Get(chosen); ok {
			c.Set(keyLang, l)
			return
		}
	}
	c.Set(keyLang, s.words.Match(c.GetHeader("Accept-Language")))
}

// words is the language of the answer.
func words(c *gin.Context) *lang.Lang { return c.MustGet(keyLang).(*lang.Lang) }

// page writes a page, or only the fragment that htmx asked for. bad are the
// troubles of its form, if any.
func (s *Server) page(c *gin.Context, status int, name string, view any, bad ...data.Bad) error {
	p := s.frame(c, view)
	for _, b := range bad {
		p.Errors = append(p.Errors, faults(p.Lang, b)...)
	}
	fragment := s.fragment(c, name)
	var b bytes.Buffer
	if err := s.templates.Render(&b, name, fragment, p); err != nil {
		return err
	}
	s.send(c, status, fragment, b.Bytes())
	return nil
}

func (s *Server) send(c *gin.Context, status int, fragment string, page []byte) {
	if fragment != "" && c.Writer.Header().Get("X-Ashar-Fragment") == "" {
		c.Header("X-Ashar-Fragment", fragment)
	}
	c.Data(status, "text/html; charset=utf-8", page)
}

// fragments are parts of one view as they were drawn before, by their name and by
// the role of who looks. Of who looks they must show nothing else.
type fragments struct {
	mu   sync.Mutex
	kept map[string]drawnFragment
}

// drawnFragment is a fragment as it goes out, and the same for who can unpack it.
type drawnFragment struct{ plain, packed []byte }

// pageOnce is page, but a fragment is drawn and packed once for all who look at
// the same view: while entries come in, everybody's page asks for it at once.
func (s *Server) pageOnce(c *gin.Context, name string, view any, drawn *fragments) error {
	fragment := s.fragment(c, name)
	if fragment == "" {
		return s.page(c, http.StatusOK, name, view)
	}
	page, err := s.drawnOnce(c, name, fragment, view, drawn)
	if err != nil {
		return err
	}
	if !unpacks(c.GetHeader("Accept-Encoding")) {
		s.send(c, http.StatusOK, fragment, page.plain)
		return nil
	}
	c.Header("Content-Encoding", "gzip")
	s.send(c, http.StatusOK, fragment, page.packed)
	return nil
}

// drawnOnce is a fragment of a view, if that is what is asked for.
func (s *Server) drawnOnce(c *gin.Context, name, fragment string, view any, drawn *fragments) (drawnFragment, error) {
	if fragment == "" {
		return drawnFragment{}, nil
	}
	return drawn.of(fragment+" "+string(account(c).Role), func(w io.Writer) error { return s.draw(w, name, fragment, s.frame(c, view)) })
}

// draw writes a fragment. One that is long has a top and a rest, and they are drawn
// beside each other.
func (s *Server) draw(w io.Writer, name, fragment string, p templates.Page) error {
	if !s.templates.Has(p.Lang.Code(), name, fragment+"-rest") {
		return s.templates.Render(w, name, fragment, p)
	}
	var rest bytes.Buffer
	var errs [3]error
	beside(func() { errs[0] = s.templates.Render(&rest, name, fragment+"-rest", p) },
		func() { errs[1] = s.templates.Render(w, name, fragment+"-top", p) })
	_, errs[2] = rest.WriteTo(w)
	return errors.Join(errs[:]...)
}

// of is a fragment, drawn where there is none yet. Who is slow to take it does not
// hold up the others.
func (f *fragments) of(key string, draw func(io.Writer) error) (drawnFragment, error) {
	f.mu.Lock() // one draws while the others wait for the result
	defer f.mu.Unlock()
	page, ok := f.kept[key]
	if ok {
		return page, nil
	}
	var plain, packed bytes.Buffer
	if err := draw(&plain); err != nil {
		return page, err
	}
	w := gzip.NewWriter(&packed)
	w.Write(plain.Bytes()) // memory takes everything
	if err := w.Close(); err != nil {
		return page, err
	}
	if f.kept == nil {
		f.kept = map[string]drawnFragment{}
	}
	f.kept[key] = drawnFragment{plain.Bytes(), packed.Bytes()}
	return f.kept[key], nil
}

// fragment is the id of the element that htmx wants to redraw, if the page has
// a fragment of that name. htmx 4 sends tag#id.
func (s *Server) fragment(c *gin.Context, page string) string {
	if c.GetHeader("HX-Request") == "" {
		return ""
	}
	target := c.GetHeader("HX-Target")
	if _, id, ok := strings.Cut(target, "#"); ok {
		target = id
	}
	if !s.templates.Has(words(c).Code(), page, target) {
		return ""
	}
	return target
}

// frame is what is on every page around the view.
func (s *Server) frame(c *gin.Context, view any) templates.Page {
	a, m := account(c), municipality(c)
	p := templates.Page{Lang: words(c), Languages: s.words.All(), Address: c.Request.URL.RequestURI(), View: view}
	if c.Request.Method != http.MethodGet {
		p.Address = back(c)
	}
	if !a.ID.Zero() {
		p.Account = templates.Account{SignedIn: true, ID: a.ID.String(), Name: a.Name, Administrator: a.May(admins.roles...), Staff: a.May(staff.roles...),
			Facilitator: a.May(recorders.roles...), Observer: a.May(readers.roles...)}
	}
	if !m.ID.Zero() {
		name, _ := m.Name.In(p.Lang.Code())
		p.Municipality = templates.Place{Name: name, Address: "/" + m.Slug}
		p.Invented = m.Invented
	}
	if r, ok := c.Value(keyRound).(data.Round); ok {
		p.Round = templates.Place{Name: r.Name, Address: under(c, "rounds", r.ID.String())}
	}
	p.Current, _ = c.Value(keyCurrent).(string)
	return p
}

const (
	keyRound   = "round"
	keyCurrent = "current"
)

// inRound puts a round, and the part of the main menu that a page belongs to,
// into the head of the page.
func inRound(c *gin.Context, r data.Round, current string) {
	c.Set(keyRound, r)
	c.Set(keyCurrent, current)
}

// faults are troubles in words, sorted by field.
func faults(l *lang.Lang, bad data.Bad) []templates.Error {
	var list []templates.Error
	for field, f := range bad {
		list = append(list, templates.Error{Field: field, Text: l.T(f.Key, f.Args...)})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Field < list[j].Field })
	return list
}

// done answers a form that was kept. A browser goes on to the address; htmx
// gets the fragment that it wants to redraw at once, from the act that shows
// that address.
func (s *Server) done(c *gin.Context, address string, show act) error {
	if c.GetHeader("HX-Request") == "" || show == nil {
		c.Redirect(http.StatusSeeOther, address)
		return nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	c.Request.URL = u
	c.Request.Method = http.MethodGet
	return show(c)
}

// back is a local address that a form or link wants to return to: the one it
// names, or the page it stood on, or home.
func back(c *gin.Context) string {
	if b := c.Query("back"); local(b) {
		return b
	}
	if ref, err := url.Parse(c.GetHeader("Referer")); err == nil && ref.Host == c.Request.Host && local(ref.RequestURI()) {
		return ref.RequestURI()
	}
	return "/"
}

// local tells whether an address stays on this server.
func local(address string) bool {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n") {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && u.Host == "" && u.Scheme == ""
}

// chooseLanguage remembers a language and goes back to the page.
func (s *Server) chooseLanguage(c *gin.Context) error {
	l, ok := s.words.Get(c.Param("code"))
	if !ok {
		return data.ErrMissing
	}
	http.SetCookie(c.Writer, &http.Cookie{Name: languageCookie, Value: l.Code(), Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
	c.Redirect(http.StatusSeeOther, back(c))
	return nil
}
