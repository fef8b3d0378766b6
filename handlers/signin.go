package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"sort"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// signInView is the page to sign in on. Carried is a form that was sent after a
// visit had ended: it goes on once somebody has signed in.
type signInView struct {
	Login   string
	Back    string
	To      string
	Carried string
	Wrong   bool
}

func (s *Server) showSignIn(c *gin.Context) error {
	if !account(c).ID.Zero() {
		c.Redirect(http.StatusSeeOther, "/")
		return nil
	}
	return s.page(c, http.StatusOK, "signin", signInView{Back: localOr(c.Query("back"), "/")})
}

func localOr(address, otherwise string) string {
	if local(address) {
		return address
	}
	return otherwise
}

// signInFirst answers a request that wants an account. A page comes after
// signing in; a form is carried along, so that nothing typed is lost.
func (s *Server) signInFirst(c *gin.Context) {
	if c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead {
		if c.GetHeader("HX-Request") != "" {
			c.Header("HX-Redirect", "/sign-in?back="+url.QueryEscape(back(c)))
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Redirect(http.StatusSeeOther, "/sign-in?back="+url.QueryEscape(c.Request.URL.RequestURI()))
		c.Abort()
		return
	}
	view := signInView{Back: back(c), To: c.Request.URL.RequestURI()}
	if err := c.Request.ParseForm(); err != nil {
		s.trouble(c, errorOfForm(err))
		return
	}
	view.Carried = c.Request.PostForm.Encode()
	if c.GetHeader("HX-Request") != "" { // the form stood in a page: the sign-in takes the place of its main part
		c.Header("HX-Retarget", "#main")
		c.Header("HX-Reswap", "innerHTML")
		c.Request.Header.Set("HX-Target", "main")
	}
	if err := s.page(c, http.StatusUnauthorized, "signin", view); err != nil {
		s.trouble(c, err)
	}
	c.Abort()
}

func (s *Server) signIn(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	view := signInView{Login: f.line("login"), Back: localOr(f.c.Request.PostForm.Get("back"), "/"),
		To: localOr(f.c.Request.PostForm.Get("to"), ""), Carried: f.c.Request.PostForm.Get("carried"), Wrong: true}
	if !s.mayTry(c, view.Login) {
		c.Header("Retry-After", "90")
		f.bad.Add("", "account.sign_in.wait")
		return s.page(c, http.StatusTooManyRequests, "signin", view, f.bad)
	}
	a, err := s.check(c, view.Login, f.c.Request.PostForm.Get("password"))
	if errors.Is(err, data.ErrMissing) {
		f.bad.Add("login", "account.sign_in.wrong")
		return s.page(c, http.StatusUnprocessableEntity, "signin", view, f.bad)
	}
	if err != nil {
		return err
	}
	if err := s.visits.begin(c, a); err != nil {
		return err
	}
	s.remember(c, a.Login)
	if view.To != "" && view.Carried != "" {
		return s.carryOn(c, view)
	}
	c.Redirect(http.StatusSeeOther, view.Back)
	return nil
}

// check finds the account of a login and password. Every kind of failure is the
// same ErrMissing, and takes the same time.
func (s *Server) check(c *gin.Context, login, password string) (data.Account, error) {
	a, err := s.store.AccountByLogin(c, login)
	if err != nil && !errors.Is(err, data.ErrMissing) {
		return a, err
	}
	known := err == nil && a.Active && a.Password != ""
	hash := nobody()
	if known {
		hash = a.Password
	}
	same := false
	if err := s.hashed(c, func() { same = samePassword(password, hash) }); err != nil {
		return a, err
	}
	if !known || !same {
		return data.Account{}, data.ErrMissing
	}
	return a, nil
}

// carryView is a form on its way to where it was sent first.
type carryView struct {
	To     string
	Fields []carriedField
}

type carriedField struct{ Name, Value string }

// carryOn shows what was typed before signing in, one button away from being
// sent.
func (s *Server) carryOn(c *gin.Context, view signInView) error {
	values, err := url.ParseQuery(view.Carried)
	if err != nil {
		return errors.Join(data.ErrInvalid, err)
	}
	carry := carryView{To: view.To}
	for name, list := range values {
		for _, value := range list {
			carry.Fields = append(carry.Fields, carriedField{name, value})
		}
	}
	sort.SliceStable(carry.Fields, func(i, j int) bool { return carry.Fields[i].Name < carry.Fields[j].Name })
	return s.page(c, http.StatusOK, "carry", carry)
}

func (s *Server) signOut(c *gin.Context) error {
	if err := s.visits.end(c); err != nil {
		return err
	}
	c.Header("Clear-Site-Data", `"cache"`) // never "storage": unsent entries live there
	c.Redirect(http.StatusSeeOther, "/sign-in")
	return nil
}
