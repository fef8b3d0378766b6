package data

import (
	"maps"
	"strings"
	"testing"
)

func TestSessionIsCheckedAsTyped(t *testing.T) {
	long := strings.Repeat("ж", MaxLine+1)
	for _, c := range []struct {
		name   string
		change func(*Session)
		want   map[string]string
	}{
		{"good", func(*Session) {}, nil},
		{"stones", func(s *Session) { s.Each = 20 }, nil},
		{"no village", func(s *Session) { s.Village = ID{} }, map[string]string{"village": "error.choose"}},
		{"no date", func(s *Session) { s.Date = "" }, map[string]string{"date": "error.date"}},
		{"long lines", func(s *Session) { s.Place, s.Facilitators = long, long }, map[string]string{"place": "error.long", "facilitators": "error.long"}},
		{"nobody leads", func(s *Session) { s.Facilitators = "" }, map[string]string{"facilitators": "error.required"}},
		{"no form", func(s *Session) { s.Form = "" }, map[string]string{"form": "error.choose"}},
		{"too many stones", func(s *Session) { s.Each = 21 }, map[string]string{"each": "error.range"}},
		{"less than no stones", func(s *Session) { s.Each = -1 }, map[string]string{"each": "error.range"}},
		{"too long a ballot", func(s *Session) { s.Top = 51 }, map[string]string{"top": "error.range"}},
		{"less than no ballot", func(s *Session) { s.Top = -1 }, map[string]string{"top": "error.range"}},
		{"no such consent", func(s *Session) { s.Consent = "mayor" }, map[string]string{"consent": "error.choose"}},
	} {
		s := sitting(Tally)
		c.change(&s)
		if got := faults(s.Check()); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestNoSittingIsWrittenDownBeforeItWasHeld(t *testing.T) {
	for today, want := range map[Date]bool{"2026-09-11": true, "2026-09-12": false, "2026-09-13": false} {
		if bad := sitting(Tally).CheckDate(today); (bad != nil) != want {
			t.Errorf("on %s: %v", today, bad)
		}
	}
}

func TestHeadLinesComeBackAsTheyWerePut(t *testing.T) {
	values := map[string]string{"village": id(5).String(), "place": "мектеп", "date": "2026-01-31", "facilitators": "Нурлан", "consent": "school"}
	s := sitting(Tally)
	for _, field := range HeaderFields {
		after, ok := s.With(field, values[field])
		if !ok || after.Header(field) != values[field] || after == s {
			t.Errorf("%s became %q, %v", field, after.Header(field), ok)
		}
		if back, ok := after.With(field, s.Header(field)); !ok || back != s {
			t.Errorf("%s does not come back: %+v", field, back)
		}
	}
	if after, ok := s.With("form", "pairs"); ok || after != s || s.Header("form") != "" {
		t.Errorf("the form is a line of the head: %+v", after)
	}
}

func TestFormsOfOneVoice(t *testing.T) {
	for _, form := range Forms {
		if form.OneVoice() != (form == Pairs || form == Order) {
			t.Errorf("%s has one voice: %v", form, form.OneVoice())
		}
	}
}
