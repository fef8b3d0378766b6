package data

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const uuid = "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"

func TestIDsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want ID
		copy(want[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "bytes"))
		for _, s := range []string{want.String(), strings.ToUpper(want.String())} {
			if got, err := ParseID(s); got != want || err != nil {
				t.Fatalf("%s is read as %s, %v", s, got, err)
			}
		}
		b, err := json.Marshal(map[ID]ID{want: want})
		if err != nil {
			t.Fatal(err)
		}
		var back map[ID]ID
		if err := json.Unmarshal(b, &back); err != nil || len(back) != 1 || back[want] != want {
			t.Fatalf("%s is read as %v, %v", b, back, err)
		}
		value, err := want.Value()
		if err != nil {
			t.Fatal(err)
		}
		var kept ID
		if err := kept.Scan(value); err != nil || kept != want {
			t.Fatalf("%v comes back as %v, %v", want, kept, err)
		}
	})
}

func TestWhatIsNoIDLeadsNowhere(t *testing.T) {
	for _, s := range []string{
		"", "0", uuid[1:], uuid + "0", strings.ReplaceAll(uuid, "-", ""), "{" + uuid[:34] + "}", strings.Replace(uuid, "-", "_", 1),
		strings.Replace(uuid, "a1", "g1", 1), strings.Replace(uuid, "a1", "ö", 1), strings.Repeat("-", 36), "'; drop table entry; --xxxxxxxxxxxxx", strings.Repeat("x", 1<<16),
	} {
		if got, err := ParseID(s); !errors.Is(err, ErrMissing) || !got.Zero() {
			t.Errorf("%.50q is read as %s, %v", s, got, err)
		} else if len(err.Error()) > 300 {
			t.Errorf("a complaint of %d bytes", len(err.Error()))
		}
		if got := id(5); s != "" && (got.UnmarshalText([]byte(s)) == nil || !got.Zero()) {
			t.Errorf("%.50q is read as %s", s, got)
		}
	}
}

func TestTheZeroIDIsEmpty(t *testing.T) {
	b, err := json.Marshal(struct{ ID ID }{})
	if err != nil || string(b) != `{"ID":""}` {
		t.Errorf("got %s, %v", b, err)
	}
	got := id(5)
	if err := got.UnmarshalText(nil); err != nil || !got.Zero() {
		t.Errorf("got %s, %v", got, err)
	}
	got = id(5)
	if err := got.Scan(nil); err != nil || !got.Zero() {
		t.Errorf("got %s, %v", got, err)
	}
	for _, src := range []any{[]byte("short"), uuid, 5} {
		if err := new(ID).Scan(src); err == nil {
			t.Errorf("%v is an id", src)
		}
	}
}

func TestShortIsTheTail(t *testing.T) {
	whole, err := ParseID(uuid)
	if err != nil || whole.Short() != 0x9e0f1a2b {
		t.Errorf("%x, %v", whole.Short(), err)
	}
}
