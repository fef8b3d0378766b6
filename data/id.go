package data

import (
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// ID names a thing for ever. It is a UUID, version 7 where it is born now (so
// that keys come in order of time), minted where the thing is born: on a
// tablet, in a handler, by an import. It is a name and never a secret.
type ID [16]byte

// Zero tells whether the ID names nothing.
func (id ID) Zero() bool { return id == ID{} }

// Short is the last four bytes, which are random in every version we mint.
// Ballots name problems by it; a round holds no two problems with the same one.
func (id ID) Short() uint32 { return binary.BigEndian.Uint32(id[12:]) }

// String is the usual form of a UUID, with dashes.
func (id ID) String() string {
	var b [36]byte
	hex.Encode(b[0:8], id[0:4])
	hex.Encode(b[9:13], id[4:6])
	hex.Encode(b[14:18], id[6:8])
	hex.Encode(b[19:23], id[8:10])
	hex.Encode(b[24:36], id[10:16])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

// ParseID reads the form that String writes. Anything else is ErrMissing: an
// address with such an ID leads nowhere.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return ID{}, fmt.Errorf("id %.40q: %w", s, ErrMissing)
	}
	plain := s[0:8] + s[9:13] + s[14:18] + s[19:23] + s[24:36]
	if _, err := hex.Decode(id[:], []byte(plain)); err != nil {
		return ID{}, fmt.Errorf("id %.40q: %w", s, ErrMissing)
	}
	return id, nil
}

// MarshalText and UnmarshalText let an ID stand in JSON; the zero ID is empty.
func (id ID) MarshalText() ([]byte, error) {
	if id.Zero() {
		return nil, nil
	}
	return []byte(id.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID{}
		return nil
	}
	parsed, err := ParseID(string(b))
	*id = parsed
	return err
}

// Value hands the ID to a database as its sixteen bytes; the zero ID too.
func (id ID) Value() (driver.Value, error) { return id[:], nil }

// Scan takes sixteen bytes from a database; NULL is the zero ID.
func (id *ID) Scan(src any) error {
	switch b := src.(type) {
	case nil:
		*id = ID{}
		return nil
	case []byte:
		if len(b) == len(id) {
			copy(id[:], b)
			return nil
		}
	}
	return fmt.Errorf("an id cannot be read from %T", src)
}
