//go:build !cgo

package store

import (
	"context"
	"database/sql/driver"
	"errors"
)

// Without cgo there is no SQLite: opening a file says so, PostgreSQL works.

// ErrNoCGO: the program was built without the C compiler that SQLite needs.
var ErrNoCGO = errors.New("built without cgo")

func openSQLite(context.Context, string) (*Store, error) { return nil, ErrNoCGO }
func translateSQLite(err error) error                    { return err }
func isBusy(error) bool                                  { return false }
func toSQLite(migration string) string                   { return migration }
func reserve(string) error                               { return ErrNoCGO }
func create(string) error                                { return ErrNoCGO }

type noConnector struct{}

func (noConnector) Connect(context.Context) (driver.Conn, error) { return nil, ErrNoCGO }
func (noConnector) Driver() driver.Driver                        { return nil }

func connector(string, string) driver.Connector { return noConnector{} }
func inspector(string) driver.Connector         { return noConnector{} }
func claim(string) driver.Connector             { return noConnector{} }
