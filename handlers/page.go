package handlers

import (
	"bytes"
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

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
	kept map[string]*part
}

// part that was drawn before, or is drawn now while the others wait for it.
func (f *fragments) part(key string, draw func() (*part, error)) (*part, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if kept, ok := f.kept[key]; ok {
		return kept, nil
	}
	kept, err := draw()
	if err != nil {
		return nil, err
	}
	if f.kept == nil {
		f.kept = map[string]*part{}
	}
	f.kept[key] = kept
	return kept, nil
}

// pageOnce is page, but a fragment, or the main part of the whole page, is drawn
// once for all who look at the same view: while entries come in, everybody's page
// asks for it at once.
func (s *Server) pageOnce(c *gin.Context, name string, view any, drawn *fragments) error {
	fragment := s.fragment(c, name)
	kept, err := s.partOnce(c, name, fragment, view, drawn)
	if err != nil {
		return err
	}
	return s.sendPart(c, name, fragment, view, kept)
}

// partOnce is what pageOnce draws, and does not send.
func (s *Server) partOnce(c *gin.Context, name, fragment string, view any, drawn *fragments) (*part, error) {
	return drawn.part(fragment+" "+string(account(c).Role), func() (*part, error) {
		return s.draw(c, name, cmp.Or(fragment, mainPart), view)
	})
}

// mainPart is the template of what stands between the head and the foot of a page.
const mainPart = "main"

// draw makes a part of a page, to be kept for others of the same role: it does not
// know who looks.
func (s *Server) draw(c *gin.Context, name, template string, view any) (*part, error) {
	p := s.frame(c, view)
	p.Address, p.Account.ID, p.Account.Name = "", "", ""
	var top, rest bytes.Buffer
	if !s.templates.Has(p.Lang.Code(), name, template+"-rest") {
		if err := s.templates.Render(&top, name, template, p); err != nil {
			return nil, err
		}
		return newPart(top.Bytes())
	}
	var errs [2]error // one that is long has a top and a rest, which are drawn beside each other
	beside(func() { errs[0] = s.templates.Render(&rest, name, template+"-rest", p) },
		func() { errs[1] = s.templates.Render(&top, name, template+"-top", p) })
	top.Write(rest.Bytes()) // memory takes everything
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return newPart(top.Bytes())
}

// sendPart writes a fragment that was drawn before, or a page around its main part,
// of which the title needs something of the view.
func (s *Server) sendPart(c *gin.Context, name, fragment string, view any, kept *part) (err error) {
	var around [2]bytes.Buffer
	if fragment == "" {
		p := s.frame(c, view)
		for i, template := range []string{"above", "below"} {
			if err := s.templates.Render(&around[i], name, template, p); err != nil {
				return err
			}
		}
	}
	put := kept.plain
	if unpacks(c.GetHeader("Accept-Encoding")) {
		c.Header("Content-Encoding", "gzip")
		put = kept.gzip
	}
	page, err := put(around[0].Bytes(), around[1].Bytes())
	if err != nil {
		return err
	}
	s.send(c, http.StatusOK, fragment, page)
	return nil
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
