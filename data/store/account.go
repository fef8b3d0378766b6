package store

import (
	"context"
	"database/sql"
	"time"

	"ashar/data"
)

const accountColumns = `SELECT id, municipality_id, login, name, role, password, active, created FROM account`

func scanAccount(rows *sql.Rows, a *data.Account) error {
	var created int64
	err := rows.Scan(&a.ID, &a.Municipality, &a.Login, &a.Name, &a.Role, &a.Password, &a.Active, &created)
	a.Created = moment(created)
	return err
}

// Accounts of the whole installation, in order of their birth.
func (s *Store) Accounts(ctx context.Context) ([]data.Account, error) {
	return all(reader{s, ctx}, scanAccount, accountColumns+` ORDER BY id`)
}

// Account finds one by its ID.
func (s *Store) Account(ctx context.Context, id data.ID) (data.Account, error) {
	return first(reader{s, ctx}, scanAccount, accountColumns+` WHERE id = $1`, id)
}

// AccountByLogin finds one by its login, however it is cased.
func (s *Store) AccountByLogin(ctx context.Context, login string) (data.Account, error) {
	return first(reader{s, ctx}, scanAccount, accountColumns+` WHERE login_key = $1`, data.LoginKey(login))
}

// AddAccount keeps a new account; a login that is taken is a conflict.
func (s *Store) AddAccount(ctx context.Context, a data.Account, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.addAccount(a); err != nil {
			return err
		}
		return t.event(a.Municipality, e)
	})
}

func (t tx) addAccount(a data.Account) error {
	_, err := t.exec(`INSERT INTO account (id, municipality_id, login, login_key, name, role, password, active, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		a.ID, a.Municipality, a.Login, data.LoginKey(a.Login), a.Name, a.Role, a.Password, a.Active, millis(a.Created))
	return err
}

// SaveAccount changes who an account is and what it may do, and signs it out
// everywhere if it may do less. The last active administrator cannot stop being
// one: that is a conflict.
func (s *Store) SaveAccount(ctx context.Context, a data.Account, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		was, err := first(t, scanAccount, accountColumns+` WHERE id = $1`, a.ID)
		if err != nil {
			return err
		}
		if was.May(data.Administrator) && !a.May(data.Administrator) {
			if err := t.anotherAdministrator(a.ID); err != nil {
				return err
			}
		}
		if err := t.one(`UPDATE account SET municipality_id = $2, login = $3, login_key = $4, name = $5, role = $6, active = $7 WHERE id = $1`,
			a.ID, a.Municipality, a.Login, data.LoginKey(a.Login), a.Name, a.Role, a.Active); err != nil {
			return err
		}
		if !a.Active || a.Role != was.Role || a.Municipality != was.Municipality {
			if _, err := t.exec(`DELETE FROM signin WHERE account_id = $1`, a.ID); err != nil {
				return err
			}
		}
		return t.event(a.Municipality, e)
	})
}

// anotherAdministrator wants an active administrator besides this one. It holds
// them all, so that two who leave at once do not count on each other.
func (t tx) anotherAdministrator(id data.ID) error {
	if _, err := t.exec(`UPDATE account SET role = role WHERE role = $1`, data.Administrator); err != nil {
		return err
	}
	var others int
	if err := t.row(`SELECT COUNT(*) FROM account WHERE role = $1 AND active = TRUE AND id <> $2`, data.Administrator, id).Scan(&others); err != nil {
		return err
	}
	if others == 0 {
		return data.ErrConflict
	}
	return nil
}

// Administrators is the number of active administrators: none before the first
// start is over.
func (s *Store) Administrators(ctx context.Context) (n int, err error) {
	err = s.row(ctx, `SELECT COUNT(*) FROM account WHERE role = $1 AND active = TRUE AND password <> ''`, data.Administrator).Scan(&n)
	return n, translate(err)
}

// Purpose is what a one-time link is for.
type Purpose string

// The purposes.
const (
	SetUp Purpose = "set-up" // makes the first administrator
	Reset Purpose = "reset"  // sets a new password
)

// Link is a one-time link. Only the hash of its token is kept.
type Link struct {
	Hash    []byte
	Purpose Purpose
	Account data.ID
	Expires time.Time
}

// AddLink keeps a link; older ones of the same purpose and account stop
// working.
func (s *Store) AddLink(ctx context.Context, l Link, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if _, err := t.exec(`DELETE FROM link WHERE purpose = $1 AND account_id = $2`, string(l.Purpose), l.Account); err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO link (token_hash, purpose, account_id, expires) VALUES ($1, $2, $3, $4)`,
			l.Hash, string(l.Purpose), l.Account, millis(l.Expires)); err != nil {
			return err
		}
		return t.event(e.Municipality, e)
	})
}

func scanLink(rows *sql.Rows, l *Link) error {
	var expires int64
	err := rows.Scan(&l.Hash, &l.Purpose, &l.Account, &expires)
	l.Expires = moment(expires)
	return err
}

// Link finds a link that can still be used at that time.
func (s *Store) Link(ctx context.Context, hash []byte, at time.Time) (Link, error) {
	return first(reader{s, ctx}, scanLink, `SELECT token_hash, purpose, account_id, expires FROM link WHERE token_hash = $1 AND expires > $2`, hash, millis(at))
}

// UseSetUp makes the first administrator and uses up the set-up link; when an
// administrator is there already it is a conflict.
func (s *Store) UseSetUp(ctx context.Context, hash []byte, at time.Time, a data.Account, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.one(`DELETE FROM link WHERE token_hash = $1 AND purpose = $2 AND expires > $3`, hash, string(SetUp), millis(at)); err != nil {
			return err
		}
		var n int
		if err := t.row(`SELECT COUNT(*) FROM account WHERE role = $1 AND active = TRUE AND password <> ''`, data.Administrator).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return data.ErrConflict
		}
		if err := t.addAccount(a); err != nil {
			return err
		}
		return t.event(data.ID{}, e)
	})
}

// SetPassword sets the password of an account and signs it out everywhere. If
// hash is not nil it is the reset link that lets it; no other one works
// afterwards.
func (s *Store) SetPassword(ctx context.Context, account data.ID, password string, hash []byte, at time.Time, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if hash != nil {
			if err := t.one(`DELETE FROM link WHERE token_hash = $1 AND purpose = $2 AND account_id = $3 AND expires > $4`, hash, string(Reset), account, millis(at)); err != nil {
				return err
			}
		}
		if err := t.one(`UPDATE account SET password = $2 WHERE id = $1`, account, password); err != nil {
			return err
		}
		for _, statement := range []string{`DELETE FROM signin WHERE account_id = $1`, `DELETE FROM link WHERE account_id = $1`} {
			if _, err := t.exec(statement, account); err != nil {
				return err
			}
		}
		return t.event(e.Municipality, e)
	})
}
