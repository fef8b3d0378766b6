package handlers

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// option is a choice of a select or of radios.
type option struct{ Value, Label, Help string }

// accountsView is the list of accounts that somebody looks after.
type accountsView struct{ Accounts []accountLine }

type accountLine struct {
	ID           data.ID
	Name         string
	Login        string
	Role         string
	Municipality string
	Active       bool
	Ready        bool // has a password
}

// looksAfter tells whether an account may change another: an administrator
// everybody, staff those of their municipality who are not administrators.
func looksAfter(a, other data.Account) bool {
	return a.May(data.Administrator) || a.May(data.Staff) && other.Municipality == a.Municipality && other.Role != data.Administrator
}

func (s *Server) showAccounts(c *gin.Context) error {
	accounts, err := s.store.Accounts(c)
	if err != nil {
		return err
	}
	names, err := s.municipalityNames(c)
	if err != nil {
		return err
	}
	var view accountsView
	for _, a := range accounts {
		if looksAfter(account(c), a) {
			view.Accounts = append(view.Accounts, accountLine{a.ID, a.Name, a.Login, words(c).T("role." + string(a.Role)), names[a.Municipality], a.Active, a.Password != ""})
		}
	}
	return s.page(c, http.StatusOK, "accounts", view)
}

func (s *Server) municipalityNames(c *gin.Context) (map[data.ID]string, error) {
	list, err := s.store.Municipalities(c)
	names := map[data.ID]string{}
	for _, m := range list {
		names[m.ID], _ = m.Name.In(words(c).Code())
	}
	return names, err
}

// accountView is the form of one account.
type accountView struct {
	ID             data.ID
	New            bool
	Account        data.Account
	Roles          []option
	Municipalities []option
	Municipality   string
	Link           string // a one-time link that was just made; it is shown once
	Hours          int    // that it works
}

// accountForm shows the form of an account, as it is or as it was typed.
func (s *Server) accountForm(c *gin.Context, status int, view accountView, bad ...data.Bad) error {
	l := words(c)
	for _, r := range data.Roles {
		if r != data.Administrator || account(c).May(data.Administrator) {
			view.Roles = append(view.Roles, option{string(r), l.T("role." + string(r)), l.T("role." + string(r) + ".help")})
		}
	}
	list, err := s.store.Municipalities(c)
	if err != nil {
		return err
	}
	for _, m := range list {
		if account(c).Of(m.ID) {
			name, _ := m.Name.In(l.Code())
			view.Municipalities = append(view.Municipalities, option{Value: m.ID.String(), Label: name})
		}
	}
	if !view.Account.Municipality.Zero() {
		view.Municipality = view.Account.Municipality.String()
	}
	view.Hours = int(ResetLasts / time.Hour)
	return s.page(c, status, "account", view, bad...)
}

func (s *Server) showNewAccount(c *gin.Context) error {
	return s.accountForm(c, http.StatusOK, accountView{ID: s.Mint(), New: true, Account: data.Account{Role: data.Facilitator, Active: true, Municipality: account(c).Municipality}})
}

// fill reads what an account is to be.
func (f *form) fill(a data.Account) data.Account {
	a.Name, a.Login, a.Role = f.line("name"), f.line("login"), data.Role(f.line("role"))
	a.Municipality = f.id("municipality")
	if a.Role == data.Administrator {
		a.Municipality = data.ID{}
	}
	return a
}

func (s *Server) addAccount(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	a := f.fill(data.Account{ID: f.birth(s.Mint), Active: true, Created: s.Now()})
	f.join(a.Check())
	view := accountView{ID: a.ID, New: true, Account: a}
	if f.bad != nil {
		return s.accountForm(c, http.StatusUnprocessableEntity, view, f.bad)
	}
	if !looksAfter(account(c), a) {
		return data.ErrForbidden
	}
	e := data.Event{At: s.Now(), Account: account(c).ID, Action: "account.add", Subject: a.ID, Detail: a.Login}
	err = s.store.AddAccount(c, a, e)
	if errors.Is(err, data.ErrConflict) {
		if kept, err := s.store.Account(c, a.ID); err == nil && kept.Login == a.Login { // the same form again
			return s.done(c, "/accounts/"+a.ID.String(), nil)
		}
		f.bad.Add("login", "error.taken")
		return s.accountForm(c, http.StatusUnprocessableEntity, view, f.bad)
	}
	if err != nil {
		return err
	}
	return s.handOut(c, a)
}

// handOut shows an account with a fresh one-time link for its owner.
func (s *Server) handOut(c *gin.Context, a data.Account) error {
	e := data.Event{Municipality: a.Municipality, At: s.Now(), Account: account(c).ID, Action: "account.link", Subject: a.ID, Detail: a.Login}
	path, err := NewReset(c, s.store, a.ID, s.Now(), e)
	if err != nil {
		return err
	}
	return s.accountForm(c, http.StatusOK, accountView{ID: a.ID, Account: a, Link: s.public(c) + path})
}

// public is the address under which people reach this server.
func (s *Server) public(c *gin.Context) string {
	if s.URL != nil {
		return s.URL.Scheme + "://" + s.URL.Host
	}
	return "http://" + c.Request.Host
}

// other is the account in the address, if it is the asker's to look after.
func (s *Server) other(c *gin.Context) (data.Account, error) {
	id, err := param(c, "id")
	if err != nil {
		return data.Account{}, err
	}
	a, err := s.store.Account(c, id)
	if err == nil && !looksAfter(account(c), a) {
		err = data.ErrMissing
	}
	return a, err
}

func (s *Server) showAccount(c *gin.Context) error {
	a, err := s.other(c)
	if err != nil {
		return err
	}
	return s.accountForm(c, http.StatusOK, accountView{ID: a.ID, Account: a})
}

func (s *Server) saveAccount(c *gin.Context) error {
	was, err := s.other(c)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	a := f.fill(was)
	a.Active = f.has("active")
	f.join(a.Check())
	if f.bad == nil && !looksAfter(account(c), a) {
		return data.ErrForbidden
	}
	if f.bad == nil {
		e := data.Event{At: s.Now(), Account: account(c).ID, Action: "account.save", Subject: a.ID, Detail: a.Login + " " + string(a.Role)}
		err := s.store.SaveAccount(c, a, e)
		switch {
		case errors.Is(err, data.ErrConflict) && was.Role == data.Administrator && a.Login == was.Login:
			f.bad.Add("role", "account.last")
		case errors.Is(err, data.ErrConflict):
			f.bad.Add("login", "error.taken")
		case err != nil:
			return err
		default:
			return s.done(c, "/accounts", nil)
		}
	}
	return s.accountForm(c, http.StatusUnprocessableEntity, accountView{ID: a.ID, Account: a}, f.bad)
}

func (s *Server) issueLink(c *gin.Context) error {
	a, err := s.other(c)
	if err != nil {
		return err
	}
	if !a.Active {
		return data.ErrConflict
	}
	return s.handOut(c, a)
}
