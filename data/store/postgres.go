package store

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"ashar/data"
)

// pool is how many connections one server opens at most.
const pool = 16

func openPostgres(address string) (*Store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errors.New("the address of the PostgreSQL database cannot be read") // it may hold a password
	}
	db := sql.OpenDB(stdlib.GetConnector(*config))
	db.SetMaxOpenConns(pool)
	db.SetMaxIdleConns(pool)
	return &Store{read: db, write: db, engine: engine{name: "postgres", retry: isSerialization}}, nil
}

// isSerialization tells whether PostgreSQL, or one of its distributed cousins,
// asks for the transaction to be tried again.
func isSerialization(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

func translatePostgres(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case "23505":
		return fmt.Errorf("%w: %w", data.ErrConflict, err)
	case "23503":
		return fmt.Errorf("%w: %w", data.ErrMissing, err)
	case "23502", "23514", "22001", "22021":
		return fmt.Errorf("%w: %w", data.ErrInvalid, err)
	}
	return err
}

// translate gives an error of either driver its meaning.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return data.ErrMissing
	}
	return translatePostgres(translateSQLite(err))
}
