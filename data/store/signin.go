package store

import (
	"context"
	"database/sql"
	"time"

	"ashar/data"
)

// SignIn is one browser that is signed in. Only the hash of its token is kept,
// so that a copy of the database opens no door.
type SignIn struct {
	Hash    []byte
	Account data.Account
	Created time.Time
	Seen    time.Time
	Values  []byte // what the browser's session remembers
}

func scanSignIn(rows *sql.Rows, v *SignIn) error {
	var made, seen, created int64
	a := &v.Account
	err := rows.Scan(&v.Hash, &made, &seen, &v.Values, &a.ID, &a.Municipality, &a.Login, &a.Name, &a.Role, &a.Password, &a.Active, &created)
	v.Created, v.Seen, a.Created = moment(made), moment(seen), moment(created)
	return err
}

const signInColumns = `SELECT v.token_hash, v.created, v.seen, v.vals, a.id, a.municipality_id, a.login, a.name, a.role, a.password, a.active, a.created
	FROM signin v JOIN account a ON a.id = v.account_id`

// SignIn finds the browser that has a token, and whose it is. It is missing
// once it has not been seen since idle or was made before oldest.
func (s *Store) SignIn(ctx context.Context, hash []byte, idle, oldest time.Time) (SignIn, error) {
	return first(reader{s, ctx}, scanSignIn, signInColumns+` WHERE v.token_hash = $1 AND v.seen > $2 AND v.created > $3 AND a.active = TRUE`,
		hash, millis(idle), millis(oldest))
}

// SignIns of an account, newest first.
func (s *Store) SignIns(ctx context.Context, account data.ID) ([]SignIn, error) {
	return all(reader{s, ctx}, scanSignIn, signInColumns+` WHERE v.account_id = $1 ORDER BY v.created DESC`, account)
}

// AddSignIn signs a browser in, and forgets those nobody has used since idle.
func (s *Store) AddSignIn(ctx context.Context, v SignIn, idle time.Time) error {
	return s.update(ctx, func(t tx) error {
		if _, err := t.exec(`DELETE FROM signin WHERE seen < $1`, millis(idle)); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO signin (token_hash, account_id, created, seen, vals) VALUES ($1, $2, $3, $4, $5)`,
			v.Hash, v.Account.ID, millis(v.Created), millis(v.Seen), append([]byte{}, v.Values...))
		return err
	})
}

// SeeSignIn notes when a browser was last seen and what it remembers.
func (s *Store) SeeSignIn(ctx context.Context, hash []byte, at time.Time, values []byte) error {
	return s.update(ctx, func(t tx) error {
		_, err := t.exec(`UPDATE signin SET seen = $2, vals = $3 WHERE token_hash = $1`, hash, millis(at), append([]byte{}, values...))
		return err
	})
}

// SignOut forgets a browser, or all of an account's where hash is nil.
func (s *Store) SignOut(ctx context.Context, account data.ID, hash []byte) error {
	return s.update(ctx, func(t tx) error {
		if hash == nil {
			_, err := t.exec(`DELETE FROM signin WHERE account_id = $1`, account)
			return err
		}
		_, err := t.exec(`DELETE FROM signin WHERE account_id = $1 AND token_hash = $2`, account, hash)
		return err
	})
}
