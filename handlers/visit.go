package handlers

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"ashar/data"
	"ashar/data/store"
)

// A visit lasts while it is used, and not for ever.
const (
	visitIdle   = 12 * time.Hour
	visitOldest = 14 * 24 * time.Hour
	visitSeen   = time.Minute // how exactly we know when it was last used
)

// visits is a gorilla sessions.Store over the table of sign-ins. The cookie
// carries a random token and nothing else; the database knows only its hash; so
// a visit can be ended from here, and a copy of the database opens no door.
type visits struct {
	s     *Server
	codec securecookie.Codec
	name  string
}

func newVisits(s *Server) *visits {
	name := "ashar"
	if s.secure() {
		name = "__Host-ashar" // such a name needs TLS, which a laptop in a village hall has not
	}
	codec := securecookie.New(s.Key, nil)
	codec.MaxAge(int(visitOldest / time.Second))
	return &visits{s: s, codec: codec, name: name}
}

func (v *visits) options(age int) *sessions.Options {
	return &sessions.Options{Path: "/", MaxAge: age, HttpOnly: true, Secure: v.s.secure(), SameSite: http.SameSiteLaxMode}
}

// Get is the visit of a request, read once.
func (v *visits) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(v, name)
}

// New reads the visit that the cookie names, or begins one that nobody is
// signed in to.
func (v *visits) New(r *http.Request, name string) (*sessions.Session, error) {
	visit := sessions.NewSession(v, name)
	visit.Options = v.options(int(visitOldest / time.Second))
	visit.IsNew = true
	cookie, err := r.Cookie(name)
	if err != nil {
		return visit, nil
	}
	var token []byte
	if v.codec.Decode(name, cookie.Value, &token) != nil {
		return visit, nil // an old key or a forgery: like no cookie at all
	}
	now := v.s.Now()
	found, err := v.s.store.SignIn(r.Context(), hashToken(token), now.Add(-visitIdle), now.Add(-visitOldest))
	if errors.Is(err, data.ErrMissing) {
		return visit, nil
	}
	if err != nil {
		return visit, err
	}
	visit.ID = hex.EncodeToString(token)
	visit.IsNew = false
	visit.Values[keyAccount] = found.Account
	if now.Sub(found.Seen) > visitSeen {
		err = v.s.store.SeeSignIn(r.Context(), found.Hash, now, found.Values)
	}
	return visit, err
}

// Save signs a browser in under a new token, or out where MaxAge is negative.
// Signing in always rotates: a token from before opens nothing after.
func (v *visits) Save(r *http.Request, w http.ResponseWriter, visit *sessions.Session) error {
	if old, err := hex.DecodeString(visit.ID); err == nil && len(old) > 0 {
		a, _ := visit.Values[keyAccount].(data.Account)
		if err := v.s.store.SignOut(r.Context(), a.ID, hashToken(old)); err != nil {
			return err
		}
	}
	if visit.Options.MaxAge < 0 {
		http.SetCookie(w, sessions.NewCookie(visit.Name(), "", visit.Options))
		return nil
	}
	a, ok := visit.Values[keyAccount].(data.Account)
	if !ok {
		return nil
	}
	token := make([]byte, 32)
	rand.Read(token) // never fails
	now := v.s.Now()
	values, err := json.Marshal(map[string]string{})
	if err != nil {
		return err
	}
	if err := v.s.store.AddSignIn(r.Context(), store.SignIn{Hash: hashToken(token), Account: a, Created: now, Seen: now, Values: values}, now.Add(-visitOldest)); err != nil {
		return err
	}
	visit.ID = hex.EncodeToString(token)
	encoded, err := v.codec.Encode(visit.Name(), token)
	if err != nil {
		return err
	}
	http.SetCookie(w, sessions.NewCookie(visit.Name(), encoded, visit.Options))
	return nil
}

func hashToken(token []byte) []byte {
	h := sha256.Sum256(token)
	return h[:]
}

// account is who is signed in at a request.
func (v *visits) account(c *gin.Context) (a data.Account, signedIn bool, err error) {
	if _, err := c.Request.Cookie(v.name); err != nil {
		return data.Account{}, false, nil // there is none
	}
	visit, err := v.Get(c.Request, v.name)
	if err != nil || visit.IsNew {
		return data.Account{}, false, err
	}
	a, signedIn = visit.Values[keyAccount].(data.Account)
	return a, signedIn, nil
}

// begin signs an account in.
func (v *visits) begin(c *gin.Context, a data.Account) error {
	visit, err := v.Get(c.Request, v.name)
	if err != nil {
		return err
	}
	visit.Values[keyAccount] = a
	visit.Options = v.options(int(visitOldest / time.Second))
	return visit.Save(c.Request, c.Writer)
}

// end signs this browser out.
func (v *visits) end(c *gin.Context) error {
	visit, err := v.Get(c.Request, v.name)
	if err != nil {
		return err
	}
	visit.Options = v.options(-1)
	return visit.Save(c.Request, c.Writer)
}

// here is the hash of this browser's token.
func (v *visits) here(c *gin.Context) []byte {
	visit, err := v.Get(c.Request, v.name)
	if err != nil || visit.IsNew {
		return nil
	}
	token, err := hex.DecodeString(visit.ID)
	if err != nil {
		return nil
	}
	return hashToken(token)
}
