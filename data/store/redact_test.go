package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ashar/data"
)

func TestRedactionLeavesThatSomethingWasSaid(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		quote, note, tap := w.note("Бакыт айтты"), w.note("калат"), w.tap(1)
		quote.Kind, quote.Group = data.Quote, data.Group{Sex: data.Male}
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{quote, note, tap}))
		redact := w.redact(quote)
		for range 2 { // sent twice
			must(t, s.RedactEntry(t.Context(), w.municipality, w.session, redact, event("note.redact")))
		}
		gone := quote
		gone.Text, gone.Gone = "", true
		same(t, []data.Entry{gone, note, tap, redact}, w.entries(t, s, w.session))
		if events := got(s.Events(t.Context(), w.municipality, 0, 2))(t); events[1].Action == "note.redact" {
			t.Error("one redaction left two events")
		}

		// A tablet that never heard of it sends the quote again.
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{quote}))
		same(t, []data.Entry{gone, note, tap, redact}, w.entries(t, s, w.session))

		for _, target := range []data.Entry{tap, w.note("эч качан")} {
			refused(t, data.ErrMissing, s.RedactEntry(t.Context(), w.municipality, w.session, w.redact(target), event("note.redact")))
		}
	})
}

func TestRedactedWordsLeaveTheFile(t *testing.T) {
	s := sqlite(t)
	w := settle(t, s)
	var notes []data.Entry
	long := strings.Repeat("кеп ", 900) // longer than a page
	for i := range 12 {
		note := w.note(fmt.Sprintf("secret-%d %s", i, long[:len(long)*(i%3)/2]))
		notes = append(notes, note)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{note}))
	}
	// Other sessions of the village share pages with this one, and split them.
	for range 6 {
		other := w
		other.session = w.open(t, s)
		var more []data.Entry
		for range 60 {
			more = append(more, other.note("ордунда калат"), other.tap(1))
		}
		must(t, s.AddEntries(t.Context(), w.municipality, other.session, more))
	}
	must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
	if found := secrets(t, s.path); len(found) == 0 {
		t.Fatal("the words cannot be found even before they are blacked out")
	}
	for _, note := range notes {
		must(t, s.RedactEntry(t.Context(), w.municipality, w.session, w.redact(note), event("note.redact")))
	}
	forgets(t, s)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	if found := secrets(t, backup); len(found) > 0 {
		t.Errorf("blacked-out words are in the backup: %v", found)
	}
}

// A reader keeps the log from being emptied; the words must go all the same
// once it is done.
func TestRedactedWordsLeaveTheFileBesideAReader(t *testing.T) {
	s := sqlite(t)
	w := settle(t, s)
	note := w.note("secret-0")
	must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{note}))
	for _, err := range s.Entries(t.Context(), w.municipality, w.session) {
		must(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		must(t, s.RedactEntry(ctx, w.municipality, w.session, w.redact(note), event("note.redact")))
		cancel()
	}
	must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
	forgets(t, s)
}

// forgets wants the secret words to leave the file, soon and without more ado.
func forgets(t *testing.T, s *Store) {
	t.Helper()
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		found := secrets(t, s.path)
		if len(found) == 0 {
			return
		}
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("erased words are still in %v", found)
		}
	}
}

// Who takes back what they said again and again does not hold the others up: the
// file is rewritten now and then, and when the store is closed.
func TestRewritingLeavesTimeForOthers(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "ashar.db"), mint)
	must(t, err)
	a := ask(t, s)
	first, second := a.answer(t, s, "secret-0"), a.answer(t, s, "secret-1")
	must(t, s.WithdrawResponse(t.Context(), a.municipality, a.survey.ID, first.ID))
	forgets := func() bool { return !strings.Contains(strings.Join(secrets(t, s.path), ""), "secret-0") }
	for begun := time.Now(); !forgets() && time.Since(begun) < 20*time.Second; {
		time.Sleep(time.Millisecond)
	}
	must(t, s.update(t.Context(), func(t tx) error { t.s.rested = time.Now().Add(time.Hour); return nil }))
	must(t, s.WithdrawResponse(t.Context(), a.municipality, a.survey.ID, second.ID))
	must(t, s.update(t.Context(), func(t tx) error {
		if t.s.owed != rewriting || time.Until(t.s.due) < time.Minute {
			return fmt.Errorf("%d is owed, and due in %v", t.s.owed, time.Until(t.s.due))
		}
		return nil
	}))
	must(t, s.Close())
	if found := secrets(t, s.path); len(found) > 0 {
		t.Errorf("erased words are still in %v", found)
	}
}

// secrets are the secret words in a database file and in its log.
func secrets(t *testing.T, path string) (found []string) {
	t.Helper()
	for _, name := range []string{path, path + "-wal"} {
		b, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for i := range 12 {
			if n := bytes.Count(b, fmt.Appendf(nil, "secret-%d", i)); n > 0 {
				found = append(found, fmt.Sprintf("%s: secret-%d %d times", filepath.Base(name), i, n))
			}
		}
	}
	return found
}

func (w village) redact(target data.Entry) data.Entry {
	e := w.entry(data.Redact)
	e.Target = target.ID
	return e
}
