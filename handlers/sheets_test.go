package handlers

import (
	"testing"

	"ashar/data"
)

// A sheet is remembered for the session as it is: with any change it is folded
// again.
func TestSheetOfAChangedSessionIsForgotten(t *testing.T) {
	kept := newSheets()
	session := data.Session{ID: Mint(), Stamp: Mint(), Import: Mint()}
	sheet := &data.Sheet{Session: session, Entries: 3}
	kept.keep(sheet)
	if kept.of(session) != sheet {
		t.Error("it is forgotten though nothing changed")
	}
	for name, change := range map[string]func(*data.Session){
		"an entry":   func(s *data.Session) { s.Stamp = Mint() },
		"its head":   func(s *data.Session) { s.Place = "Клуб" },
		"an archive": func(s *data.Session) { s.Archived = true },
		"another":    func(s *data.Session) { s.ID = Mint() },
	} {
		changed := session
		change(&changed)
		if kept.of(changed) != nil {
			t.Errorf("%s: the old sheet is shown", name)
		}
	}
}

func TestSheetsTakeNoMoreThanTheirRoom(t *testing.T) {
	kept := newSheets()
	for i := range 20 {
		sheet := &data.Sheet{Session: data.Session{ID: Mint()}, Entries: mostEntries/4 + i}
		kept.keep(sheet)
		kept.keep(sheet) // the same again takes no more
		if kept.of(sheet.Session) == nil {
			t.Fatal("the newest is forgotten")
		}
	}
	sum := 0
	for _, sheet := range kept.kept {
		sum += sheet.Entries
	}
	if sum != kept.entries || sum > mostEntries || len(kept.kept) != 3 {
		t.Errorf("%d sheets with %d entries, counted as %d", len(kept.kept), sum, kept.entries)
	}
	huge := &data.Sheet{Session: data.Session{ID: Mint()}, Entries: 2 * mostEntries}
	kept.keep(huge)
	if len(kept.kept) != 1 || kept.of(huge.Session) == nil {
		t.Errorf("%d sheets beside one that is larger than the room", len(kept.kept)-1)
	}
}
