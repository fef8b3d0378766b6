package handlers

import (
	"bytes"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// ownView is what somebody sees of their own account.
type ownView struct {
	Account data.Account
	Role    string
	Phrase  string
	Devices []device
}

type device struct {
	Hash string
	Here bool
	Made time.Time
	Seen time.Time
}

func (s *Server) own(c *gin.Context, status int, bad ...data.Bad) error {
	a := account(c)
	list, err := s.store.SignIns(c, a.ID)
	if err != nil {
		return err
	}
	view := ownView{Account: a, Role: words(c).T("role." + string(a.Role)), Phrase: Phrase()}
	here := s.visits.here(c)
	for _, v := range list {
		view.Devices = append(view.Devices, device{hex.EncodeToString(v.Hash), bytes.Equal(v.Hash, here), v.Created.In(s.Zone), v.Seen.In(s.Zone)})
	}
	return s.page(c, status, "own", view, bad...)
}

func (s *Server) showOwnAccount(c *gin.Context) error { return s.own(c, http.StatusOK) }

// changePassword wants the old one, ends every other visit and begins a new one
// here.
func (s *Server) changePassword(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	a := account(c)
	if !s.mayTry(c, a.Login) {
		return errTooMany
	}
	if _, err := s.check(c, a.Login, f.c.Request.PostForm.Get("old")); errors.Is(err, data.ErrMissing) {
		f.bad.Add("old", "account.password.wrong")
	} else if err != nil {
		return err
	}
	password := f.c.Request.PostForm.Get("password")
	f.password(password, a)
	if f.bad != nil {
		return s.own(c, http.StatusUnprocessableEntity, f.bad)
	}
	var hash string
	if err := s.hashed(c, func() { hash = HashPassword(password) }); err != nil {
		return err
	}
	e := data.Event{Municipality: a.Municipality, At: s.Now(), Account: a.ID, Action: "account.password", Subject: a.ID, Detail: a.Login}
	if err := s.store.SetPassword(c, a.ID, hash, nil, s.Now(), e); err != nil {
		return err
	}
	if err := s.visits.begin(c, a); err != nil {
		return err
	}
	return s.done(c, "/account", nil)
}

// signOutDevice ends one visit of one's own, or all others.
func (s *Server) signOutDevice(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	a := account(c)
	list, err := s.store.SignIns(c, a.ID)
	if err != nil {
		return err
	}
	which, here := f.line("device"), s.visits.here(c)
	for _, v := range list {
		if hex.EncodeToString(v.Hash) == which || which == "" && !bytes.Equal(v.Hash, here) {
			if err := s.store.SignOut(c, a.ID, v.Hash); err != nil {
				return err
			}
		}
	}
	return s.done(c, "/account", nil)
}
