package handlers

import (
	"errors"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// act answers one kind of request, or returns why it cannot.
type act func(*gin.Context) error

// who says which accounts may use a route.
type who struct {
	anyone bool
	roles  []data.Role
}

// The kinds of visitor that routes are open to.
var (
	anyone      = who{anyone: true}
	member      = who{roles: data.Roles}
	admins      = who{roles: []data.Role{data.Administrator}}
	staff       = who{roles: []data.Role{data.Administrator, data.Staff}}
	recorders   = who{roles: []data.Role{data.Administrator, data.Staff, data.Facilitator}}
	readers     = who{roles: []data.Role{data.Administrator, data.Staff, data.Observer}}
	inhabitants = who{roles: data.Roles} // everybody of the municipality
)

// The names under which the doors leave things for the acts.
const (
	keyAccount      = "account"
	keySignedIn     = "signed-in"
	keyMunicipality = "municipality"
	keyLang         = "lang"
)

// maxForm bounds an ordinary form in bytes.
const maxForm = 256 << 10

// does is the one door of all routes: who is there, in which language, whether
// the municipality is their business and the route open to their role; then the
// act, and an answer to its trouble.
func (s *Server) does(w who, limit int64, do act) gin.HandlerFunc {
	return func(pooled *gin.Context) {
		c := own(pooled)
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
		s.speak(c)
		if err := s.enter(c, w); err != nil {
			s.trouble(c, err)
			return
		}
		if err := do(c); err != nil {
			s.trouble(c, err)
		}
	}
}

// own is the context of a request, and of no other. Gin uses its contexts again
// for the next request, while a query that was given one may still ask it whether
// it is done.
func own(pooled *gin.Context) *gin.Context {
	c := pooled.Copy()
	c.Writer = pooled.Writer
	return c
}

var errSignIn = errors.New("sign in first")

// enter checks a visitor at the door of a route. Another municipality's pages
// look missing, whoever asks.
func (s *Server) enter(c *gin.Context, w who) error {
	account, signedIn, err := s.visits.account(c)
	if err != nil {
		return err
	}
	if by := c.GetHeader("X-Ashar-Account"); by != "" && by != account.ID.String() {
		return errSignIn // kept on a tablet by somebody else: it goes out when they are here
	}
	if signedIn {
		c.Set(keyAccount, account)
		c.Set(keySignedIn, true)
	}
	if w.anyone {
		return nil
	}
	if !signedIn {
		return errSignIn
	}
	if slug := c.Param("municipality"); slug != "" {
		m, err := s.store.Municipality(c, slug)
		if err != nil {
			return err
		}
		if !account.Of(m.ID) {
			return data.ErrMissing
		}
		c.Set(keyMunicipality, m)
	}
	if !account.May(w.roles...) {
		return data.ErrForbidden
	}
	return nil
}

// account is who is signed in; the zero account where nobody is.
func account(c *gin.Context) data.Account {
	a, _ := c.Value(keyAccount).(data.Account)
	return a
}

// municipality is the one in the address.
func municipality(c *gin.Context) data.Municipality {
	m, _ := c.Value(keyMunicipality).(data.Municipality)
	return m
}

// home is the municipality's ID, which every question to the store begins with.
func home(c *gin.Context) data.ID { return municipality(c).ID }

// param is an ID in the address. One that cannot be read leads nowhere.
func param(c *gin.Context, name string) (data.ID, error) { return data.ParseID(c.Param(name)) }

// under is an address below the municipality's.
func under(c *gin.Context, parts ...string) string {
	return "/" + municipality(c).Slug + "/" + strings.Join(parts, "/")
}

// event is an action for the audit by whoever is asking.
func (s *Server) event(c *gin.Context, action string, subject data.ID, detail string) data.Event {
	return data.Event{Municipality: home(c), At: s.Now(), Account: account(c).ID, Action: action, Subject: subject, Detail: detail}
}

// recovered turns a fault of ours into a page, and notes where it was.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		if fault := recover(); fault != nil {
			if fault == http.ErrAbortHandler {
				panic(fault)
			}
			s.Log.Error("panic", "fault", fault, "route", c.FullPath(), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				s.speak(c)
				s.answer(c, http.StatusInternalServerError)
			}
			c.Abort()
		}
	}()
	c.Next()
}

// headers are the same on every answer.
func (s *Server) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "+
		"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "HX-Request, HX-Target, Cookie, Accept-Language")
	if s.secure() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	c.Next()
}
