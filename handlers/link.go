package handlers

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/store"
)

// How long one-time links work.
const (
	SetUpLasts = 30 * time.Minute
	ResetLasts = 24 * time.Hour
)

// NewSetUp makes the link by which the first administrator is made: its path.
func NewSetUp(ctx context.Context, to *store.Store, now time.Time) (string, error) {
	token := newToken()
	err := to.AddLink(ctx, store.Link{Hash: hashToken([]byte(token)), Purpose: store.SetUp, Expires: now.Add(SetUpLasts)}, data.Event{})
	return "/set-up/" + token, err
}

// NewReset makes the link by which an account's password is set: its path.
func NewReset(ctx context.Context, to *store.Store, account data.ID, now time.Time, e data.Event) (string, error) {
	token := newToken()
	err := to.AddLink(ctx, store.Link{Hash: hashToken([]byte(token)), Purpose: store.Reset, Account: account, Expires: now.Add(ResetLasts)}, e)
	return "/reset/" + token, err
}

func newToken() string {
	b := make([]byte, 24)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// passwordView is the page of a one-time link: who, and a new password.
type passwordView struct {
	SetUp  bool // the first administrator, who names themselves
	Name   string
	Login  string
	Phrase string // a password that was drawn, to be taken or not
}

// link is the one-time link in the address.
func (s *Server) link(c *gin.Context, purpose store.Purpose) (store.Link, error) {
	l, err := s.store.Link(c, hashToken([]byte(c.Param("token"))), s.Now())
	if err == nil && l.Purpose != purpose {
		err = data.ErrMissing
	}
	return l, err
}

func (s *Server) showSetUp(c *gin.Context) error {
	if _, err := s.link(c, store.SetUp); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "password", passwordView{SetUp: true, Phrase: Phrase()})
}

func (s *Server) setUp(c *gin.Context) error {
	l, err := s.link(c, store.SetUp)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	a := data.Account{ID: s.Mint(), Login: f.line("login"), Name: f.line("name"), Role: data.Administrator, Active: true, Created: s.Now()}
	password := f.c.Request.PostForm.Get("password")
	f.join(a.Check())
	f.password(password, a)
	if f.bad != nil {
		return s.page(c, http.StatusUnprocessableEntity, "password", passwordView{SetUp: true, Name: a.Name, Login: a.Login, Phrase: Phrase()}, f.bad)
	}
	if err := s.hashed(c, func() { a.Password = HashPassword(password) }); err != nil {
		return err
	}
	e := data.Event{At: s.Now(), Account: a.ID, Action: "account.set_up", Subject: a.ID, Detail: a.Login}
	if err := s.store.UseSetUp(c, l.Hash, s.Now(), a, e); err != nil {
		return err
	}
	return s.welcome(c, a)
}

// password notes what is wrong with a new password.
func (f *form) password(password string, a data.Account) {
	if fault := data.CheckPassword(password, a); fault.Key != "" {
		f.bad.Add("password", fault.Key, fault.Args...)
	}
}

func (s *Server) showReset(c *gin.Context) error {
	l, err := s.link(c, store.Reset)
	if err != nil {
		return err
	}
	a, err := s.store.Account(c, l.Account)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "password", passwordView{Name: a.Name, Login: a.Login, Phrase: Phrase()})
}

func (s *Server) reset(c *gin.Context) error {
	l, err := s.link(c, store.Reset)
	if err != nil {
		return err
	}
	a, err := s.store.Account(c, l.Account)
	if err != nil {
		return err
	}
	if !a.Active {
		return data.ErrMissing
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	password := f.c.Request.PostForm.Get("password")
	f.password(password, a)
	if f.bad != nil {
		return s.page(c, http.StatusUnprocessableEntity, "password", passwordView{Name: a.Name, Login: a.Login, Phrase: Phrase()}, f.bad)
	}
	var hash string
	if err := s.hashed(c, func() { hash = HashPassword(password) }); err != nil {
		return err
	}
	e := data.Event{Municipality: a.Municipality, At: s.Now(), Account: a.ID, Action: "account.password", Subject: a.ID, Detail: a.Login}
	if err := s.store.SetPassword(c, a.ID, hash, l.Hash, s.Now(), e); err != nil {
		return err
	}
	return s.welcome(c, a)
}

// welcome signs in whoever has just set a password.
func (s *Server) welcome(c *gin.Context, a data.Account) error {
	if err := s.visits.begin(c, a); err != nil {
		return err
	}
	s.remember(c, a.Login)
	c.Redirect(http.StatusSeeOther, "/")
	return nil
}
