package store

import (
	"testing"
	"time"

	"ashar/data"
)

func TestSignInEndsIdleOrOld(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := administrator("a")
		must(t, s.AddAccount(t.Context(), a, event("account.add")))
		v := SignIn{Hash: []byte("hash"), Account: a, Created: noon, Seen: noon, Values: []byte("ky")}
		must(t, s.AddSignIn(t.Context(), v, noon.Add(-time.Hour)))
		find := func(idle, oldest time.Duration) (SignIn, error) {
			return s.SignIn(t.Context(), v.Hash, noon.Add(idle), noon.Add(oldest))
		}
		same(t, v, got(find(-time.Second, -time.Second))(t))
		_, err := find(0, -time.Second)
		refused(t, data.ErrMissing, err)
		_, err = find(-time.Second, 0)
		refused(t, data.ErrMissing, err)

		v.Seen, v.Values = noon.Add(time.Minute), []byte("ru")
		must(t, s.SeeSignIn(t.Context(), v.Hash, v.Seen, v.Values))
		same(t, v, got(find(time.Second, -time.Second))(t))
		same(t, []SignIn{v}, got(s.SignIns(t.Context(), a.ID))(t))

		later := SignIn{Hash: []byte("later"), Account: a, Created: noon.Add(time.Hour), Seen: noon.Add(time.Hour), Values: []byte{}}
		must(t, s.AddSignIn(t.Context(), later, noon.Add(30*time.Minute)))
		same(t, []SignIn{later}, got(s.SignIns(t.Context(), a.ID))(t))
		refused(t, data.ErrMissing, s.AddSignIn(t.Context(), SignIn{Hash: []byte("nobody"), Account: data.Account{ID: mint()}, Values: []byte{}}, noon))
	})
}

func TestSigningOutForgetsOneBrowserOrAll(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a, b := administrator("a"), administrator("b")
		for _, account := range []data.Account{a, b} {
			must(t, s.AddAccount(t.Context(), account, event("account.add")))
			for _, browser := range []string{"1", "2", "3"} {
				must(t, s.AddSignIn(t.Context(), SignIn{Hash: []byte(account.Login + browser), Account: account, Created: noon, Seen: noon}, noon))
			}
		}
		signedIn := func(account data.Account) int { return len(got(s.SignIns(t.Context(), account.ID))(t)) }
		must(t, s.SignOut(t.Context(), a.ID, []byte("b1"))) // not a's
		same(t, 3, signedIn(b))
		must(t, s.SignOut(t.Context(), a.ID, []byte("a1")))
		same(t, 2, signedIn(a))
		must(t, s.SignOut(t.Context(), a.ID, nil))
		same(t, 0, signedIn(a))
		same(t, 3, signedIn(b))
	})
}

func TestTokenOfAnInactiveAccountOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := administrator("a")
		a.Active = false
		must(t, s.AddAccount(t.Context(), a, event("account.add")))
		must(t, s.AddSignIn(t.Context(), SignIn{Hash: []byte("hash"), Account: a, Created: noon, Seen: noon}, noon))
		_, err := s.SignIn(t.Context(), []byte("hash"), time.Time{}, time.Time{})
		refused(t, data.ErrMissing, err)
	})
}
