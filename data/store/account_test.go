package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"ashar/data"
)

func TestAccountIsKeptAndChanged(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := data.Account{ID: mint(), Municipality: mint(), Login: "Айгүл", Name: "Айгүл Осмонова", Role: data.Staff, Password: "$argon2id$", Active: true, Created: noon}
		must(t, s.AddAccount(t.Context(), a, event("account.add")))
		same(t, a, got(s.Account(t.Context(), a.ID))(t))
		same(t, a, got(s.AccountByLogin(t.Context(), "АЙГУЛ"))(t))

		a.Login, a.Name, a.Role, a.Active, a.Municipality = "aigul", "А. О.", data.Observer, false, mint()
		changed := a
		changed.Password = "not by this door"
		must(t, s.SaveAccount(t.Context(), changed, event("account.save")))
		same(t, []data.Account{a}, got(s.Accounts(t.Context()))(t))
		_, err := s.AccountByLogin(t.Context(), "Айгүл")
		refused(t, data.ErrMissing, err)
		refused(t, data.ErrMissing, s.SaveAccount(t.Context(), data.Account{ID: mint()}, event("account.save")))
	})
}

func TestLoginIsTakenByItsLookAlikes(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		must(t, s.AddAccount(t.Context(), data.Account{ID: mint(), Login: "Көчөбай"}, event("account.add")))
		bakyt := data.Account{ID: mint(), Login: "bakyt"}
		must(t, s.AddAccount(t.Context(), bakyt, event("account.add")))
		for _, login := range []string{"көчөбай", "КОЧОБАЙ", "Кочобаи", "Kөчөбай", "көчөбай", "BAKYT", "bäkyt"} {
			if err := s.AddAccount(t.Context(), data.Account{ID: mint(), Login: login}, event("account.add")); !errors.Is(err, data.ErrConflict) {
				t.Errorf("%q: %v", login, err)
			}
		}
		bakyt.Login = "кочобай"
		refused(t, data.ErrConflict, s.SaveAccount(t.Context(), bakyt, event("account.save")))
	})
}

func TestLastAdministratorStays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a, b := administrator("a"), administrator("b")
		must(t, s.AddAccount(t.Context(), a, event("account.add")))
		for name, change := range map[string]func(*data.Account){
			"inactive": func(a *data.Account) { a.Active = false },
			"staff":    func(a *data.Account) { a.Role = data.Staff },
		} {
			less := a
			change(&less)
			if err := s.SaveAccount(t.Context(), less, event("account.save")); !errors.Is(err, data.ErrConflict) {
				t.Errorf("the last administrator became %s: %v", name, err)
			}
		}
		a.Name = "still one"
		must(t, s.SaveAccount(t.Context(), a, event("account.save")))
		must(t, s.AddAccount(t.Context(), b, event("account.add")))
		same(t, 2, got(s.Administrators(t.Context()))(t))
		a.Active = false
		must(t, s.SaveAccount(t.Context(), a, event("account.save")))
		same(t, 1, got(s.Administrators(t.Context()))(t))
	})
}

func TestTwoAdministratorsLeavingAtOnceLeaveOne(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		both := []data.Account{administrator("a"), administrator("b")}
		for _, a := range both {
			must(t, s.AddAccount(t.Context(), a, event("account.add")))
		}
		for range 25 {
			together(t, 2, func(ctx context.Context, i int) error {
				less := both[i]
				less.Active = false
				if err := s.SaveAccount(ctx, less, event("account.save")); !errors.Is(err, data.ErrConflict) {
					return err
				}
				return nil
			})
			if n := got(s.Administrators(t.Context()))(t); n != 1 {
				t.Fatalf("%d administrators are left, want 1", n)
			}
			for _, a := range both {
				must(t, s.SaveAccount(t.Context(), a, event("account.save")))
			}
		}
	})
}

func TestWhoMayDoLessIsSignedOut(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := administrator("staff")
		a.Role, a.Municipality = data.Staff, mint()
		must(t, s.AddAccount(t.Context(), a, event("account.add")))
		for name, c := range map[string]struct {
			change func(*data.Account)
			stays  bool
		}{
			"renamed":     {func(a *data.Account) { a.Name, a.Login = "New", "new" }, true},
			"deactivated": {func(a *data.Account) { a.Active = false }, false},
			"demoted":     {func(a *data.Account) { a.Role = data.Observer }, false},
			"moved":       {func(a *data.Account) { a.Municipality = mint() }, false},
		} {
			must(t, s.SaveAccount(t.Context(), a, event("account.save")))
			must(t, s.AddSignIn(t.Context(), SignIn{Hash: []byte(name), Account: a, Created: noon, Seen: noon, Values: []byte{}}, noon.Add(-time.Hour)))
			changed := a
			c.change(&changed)
			must(t, s.SaveAccount(t.Context(), changed, event("account.save")))
			if n := len(got(s.SignIns(t.Context(), a.ID))(t)); (n > 0) != c.stays {
				t.Errorf("%s: signed in %d times", name, n)
			}
			must(t, s.SignOut(t.Context(), a.ID, nil))
		}
	})
}

func TestSetUpLinkMakesOneAdministrator(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		same(t, 0, got(s.Administrators(t.Context()))(t))
		first, second := link(SetUp, data.ID{}, 1), link(SetUp, data.ID{}, 2)
		must(t, s.AddLink(t.Context(), first, data.Event{}))
		must(t, s.AddLink(t.Context(), second, data.Event{}))
		_, err := s.Link(t.Context(), first.Hash, noon)
		refused(t, data.ErrMissing, err) // a newer one took its place
		same(t, second, got(s.Link(t.Context(), second.Hash, noon))(t))
		_, err = s.Link(t.Context(), second.Hash, second.Expires)
		refused(t, data.ErrMissing, err)
		refused(t, data.ErrMissing, s.UseSetUp(t.Context(), second.Hash, second.Expires, administrator("late"), event("account.set-up")))

		made := make(chan error, 8)
		for i := range cap(made) {
			go func() {
				made <- s.UseSetUp(t.Context(), second.Hash, noon, administrator(string(rune('a'+i))), event("account.set-up"))
			}()
		}
		n := 0
		for range cap(made) {
			if err := <-made; err == nil {
				n++
			} else {
				refused(t, data.ErrMissing, err)
			}
		}
		if n != 1 || got(s.Administrators(t.Context()))(t) != 1 {
			t.Errorf("one link made %d administrators", n)
		}
		must(t, s.AddLink(t.Context(), second, data.Event{}))
		refused(t, data.ErrConflict, s.UseSetUp(t.Context(), second.Hash, noon, administrator("z"), event("account.set-up")))
	})
}

func TestResetLinkIsUsedOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a, other := administrator("a"), administrator("b")
		must(t, s.AddAccount(t.Context(), a, event("account.add")))
		must(t, s.AddAccount(t.Context(), other, event("account.add")))
		reset, others := link(Reset, a.ID, 1), link(Reset, other.ID, 2)
		must(t, s.AddLink(t.Context(), reset, event("account.reset")))
		must(t, s.AddLink(t.Context(), others, event("account.reset")))
		must(t, s.AddSignIn(t.Context(), SignIn{Hash: []byte("old"), Account: a, Created: noon, Seen: noon, Values: []byte{}}, noon.Add(-time.Hour)))
		set := func(account data.ID, hash []byte, at time.Time) error {
			return s.SetPassword(t.Context(), account, "new", hash, at, event("account.password"))
		}
		refused(t, data.ErrMissing, set(other.ID, reset.Hash, noon))
		refused(t, data.ErrMissing, set(a.ID, reset.Hash, reset.Expires))
		must(t, set(a.ID, reset.Hash, noon))
		same(t, "new", got(s.Account(t.Context(), a.ID))(t).Password)
		if n := len(got(s.SignIns(t.Context(), a.ID))(t)); n != 0 {
			t.Error("a new password left an old browser signed in")
		}
		refused(t, data.ErrMissing, set(a.ID, reset.Hash, noon))
		refused(t, data.ErrMissing, set(mint(), nil, noon))
		same(t, others, got(s.Link(t.Context(), others.Hash, noon))(t))

		must(t, s.AddLink(t.Context(), reset, event("account.reset")))
		must(t, set(a.ID, nil, noon)) // changed while signed in
		_, err := s.Link(t.Context(), reset.Hash, noon)
		refused(t, data.ErrMissing, err)
	})
}

func administrator(login string) data.Account {
	return data.Account{ID: mint(), Login: login, Role: data.Administrator, Password: "$argon2id$", Active: true, Created: noon}
}

func link(purpose Purpose, account data.ID, n byte) Link {
	return Link{Hash: []byte{n, 2, 3}, Purpose: purpose, Account: account, Expires: noon.Add(30 * time.Minute)}
}
