package handlers

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ashar/data"
)

// saidIn is what the site says in a language.
func (s *site) saidIn(lang, key string, args ...any) string {
	l, _ := s.server.words.Get(lang)
	return l.T(key, args...)
}

// idOf is the ID in the address of a session.
func idOf(at string) data.ID {
	id, err := data.ParseID(at[strings.LastIndex(at, "/")+1:])
	if err != nil {
		panic(err)
	}
	return id
}

// entriesAt are the entries of a session.
func (s *site) entriesAt(at string) (entries []data.Entry) {
	s.t.Helper()
	for e, err := range s.store.Entries(context.Background(), s.home.ID, data.Session{ID: idOf(at), Round: s.round.ID}) {
		s.must(err)
		entries = append(entries, e)
	}
	return entries
}

// tries are all the ways in which something is written down in a session, each
// by somebody who may.
func (s *site) tries(at string) map[string]func() answer {
	who, staff := s.as(data.Facilitator), s.as(data.Staff)
	head := []string{"id", Mint().String(), "village", s.villages[1].ID.String(), "date", string(s.server.today()), "facilitators", "Айгүл Т.", "consent", noConsent, "text", "ката"}
	return map[string]func() answer{
		"a tap":  func() answer { return who.write(at, "presence.add", "group", youngWomen, "n", "1") },
		"a note": func() answer { return who.write(at, "note.add", "text", "суу жок") },
		"the list": func() answer {
			return who.post(at+"/list", "id", Mint().String(), "problem", s.problems[3].ID.String())
		},
		"undo":      func() answer { return who.post(at+"/undo", "id", Mint().String()) },
		"a closing": func() answer { return who.post(at+"/close", "id", Mint().String()) },
		"the consent": func() answer {
			return who.post(at+"/consent", "id", Mint().String(), "consent", "school", "text", "ката")
		},
		"the head":     func() answer { return staff.post(at+"/head", head...) },
		"a paper form": func() answer { return staff.post(at+"/paper", "id", Mint().String(), "here."+youngWomen, "9") },
	}
}

func TestWhatIsInTheArchiveRefusesEveryEntry(t *testing.T) {
	for _, c := range []struct {
		what, key, state string
		archive          func(*site, string)
	}{
		{"a session", "session.archived.already", "archived", func(s *site, at string) { s.as(data.Staff).post(at + "/archive").want(http.StatusSeeOther) }},
		{"its round", "round.archived.already", "shelved", func(s *site, _ string) {
			s.as(data.Staff).post("rounds/"+s.round.ID.String()+"/archive", "archived", "1").want(http.StatusSeeOther)
		}},
		{"its municipality", "round.archived.already", "shelved", func(s *site, _ string) {
			s.as(data.Administrator).post("archive", "archived", "1").want(http.StatusSeeOther)
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			s := newSite(t)
			at := s.met()
			s.as(data.Facilitator).write(at, "quote.add", "text", "Асандын үйү", "group", youngWomen).want(http.StatusSeeOther)
			before := len(s.entriesAt(at))
			c.archive(s, at)
			for name, try := range s.tries(at) {
				if a := try(); a.status != http.StatusConflict && a.status != http.StatusUnprocessableEntity || !a.has(s.said(c.key)) {
					t.Errorf("%s: status %d, %q is said: %v", name, a.status, s.said(c.key), a.has(s.said(c.key)))
				}
			}
			for _, lang := range []string{"ky", "ru", "en"} {
				who := s.as(data.Facilitator).in(lang)
				who.write(at, "presence.add", "group", youngWomen, "n", "1").want(http.StatusConflict, s.saidIn(lang, c.key))
				who.get(at).want(http.StatusOK, s.saidIn(lang, "session."+c.state+".help")).lacks(at+"/close", "⟦")
				for _, page := range []string{"/presence", "/list", "/record"} {
					who.get(at+page).want(http.StatusOK, s.saidIn(lang, "record."+c.state)).lacks(`class="plus"`, "⟦")
				}
			}
			if n := len(s.entriesAt(at)); n != before {
				t.Errorf("%d entries were added", n-before)
			}
			staff := s.as(data.Staff)
			target := redactTarget.FindStringSubmatch(staff.get(at + "/notes").want(http.StatusOK).body)
			if target == nil {
				t.Fatal("words about a person cannot be blacked out in the archive")
			}
			staff.post(at+"/redact", "target", target[1], "sure", "1").want(http.StatusSeeOther)
			staff.get(at + "/notes").want(http.StatusOK).lacks("Асандын үйү")
		})
	}
}

func TestRoundBackFromTheArchiveGoesOn(t *testing.T) {
	s := newSite(t)
	at, staff := s.open(hands), s.as(data.Staff)
	tap := []string{"id", Mint().String(), "kind", "presence.add", "group", youngWomen, "n", "1"}
	staff.post(at+"/entries", tap...).want(http.StatusSeeOther)
	staff.post("rounds/"+s.round.ID.String()+"/archive", "archived", "1").want(http.StatusSeeOther)
	staff.post(at+"/entries", tap...).want(http.StatusSeeOther) // the same once more: it was kept
	staff.post("rounds/" + s.round.ID.String() + "/archive").want(http.StatusSeeOther)
	staff.write(at, "presence.add", "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	staff.get(at+"/presence").want(http.StatusOK, ">2</a>")
}

func TestFacilitatorNotesTheConsent(t *testing.T) {
	s := newSite(t)
	at, who := s.open(hands), s.as(data.Facilitator)
	consent := at + "/consent"
	who.get(at+"/presence?type="+teenGirls).want(http.StatusOK, consent)
	who.get(at).want(http.StatusOK, consent)
	form := who.get(consent).want(http.StatusOK, s.said("session.consent.school")).lacks(`name="village"`)
	who.post(consent, "id", form.id(), "consent", "school").want(http.StatusUnprocessableEntity, s.said("error.required"), `value="school" checked`)
	who.post(consent, "id", form.id(), "consent", "mayor", "text", "уруксат").want(http.StatusUnprocessableEntity)
	for range 2 { // the second is the same form again
		who.post(consent, "id", form.id(), "consent", "school", "text", "мектеп уруксат берди").want(http.StatusSeeOther)
	}
	who.post(consent, "id", Mint().String(), "consent", "school", "text", "дагы").want(http.StatusConflict, s.said("session.head.same"))
	who.write(at, "presence.add", "group", teenGirls, "n", "2", "back", at+"/presence").want(http.StatusSeeOther)
	who.get(at+"/protocol").want(http.StatusOK, s.said("session.consent.school"), "мектеп уруксат берди")
	s.as(data.Staff).get("audit").want(http.StatusOK, s.said("audit.session.header"))
	who.get(at + "/head").want(http.StatusForbidden) // the rest of the head is not theirs

	who.post(at+"/close", "id", Mint().String()).want(http.StatusSeeOther)
	who.get(at).want(http.StatusOK).lacks(consent)
	who.post(consent, "id", Mint().String(), "consent", "parents", "text", "ката").want(http.StatusConflict, s.said("session.closed.already"))
}

func TestConsentStaysWhilePupilsAreThere(t *testing.T) {
	s := newSite(t)
	at, who, staff := s.open(hands, "consent", "parents"), s.as(data.Facilitator), s.as(data.Staff)
	head := func(consent string) answer {
		return staff.post(at+"/head", "id", Mint().String(), "village", s.villages[0].ID.String(), "date", string(s.server.today()),
			"facilitators", "Айгүл Т.", "consent", consent, "text", "жаңылыш белгиленген")
	}
	who.write(at, "presence.count", "group", teenGirls, "n", "2").want(http.StatusSeeOther)
	head(noConsent).want(http.StatusUnprocessableEntity, s.said("session.consent.needed", "n", 2))
	who.post(at+"/consent", "id", Mint().String(), "consent", noConsent, "text", "ката").want(http.StatusUnprocessableEntity, s.said("session.consent.needed", "n", 2))
	head("school").want(http.StatusSeeOther) // another one is no less

	seen := who.get(at + "/presence?type=" + teenGirls).want(http.StatusOK)
	who.write(at, "presence.count", "group", teenGirls, "n", "0", "seen", seenField.FindStringSubmatch(seen.body)[1]).want(http.StatusSeeOther)
	head(noConsent).want(http.StatusSeeOther)
	// What keeps them out of the count is not taken back now.
	who.post(at+"/undo", "id", Mint().String()).want(http.StatusConflict, s.said("session.consent.missing"))
	who.get(at + "/presence").want(http.StatusOK).lacks(">2</a>")
}

func TestCorrectionAndClosingAreNotTakenBack(t *testing.T) {
	s := newSite(t)
	at, who, staff := s.met(), s.as(data.Facilitator), s.as(data.Staff)
	staff.post(at+"/head", "id", Mint().String(), "village", s.villages[1].ID.String(), "date", string(s.server.today()),
		"facilitators", "Айгүл Т.", "consent", noConsent, "text", "башка айыл экен").want(http.StatusSeeOther)
	who.post(at+"/close", "id", Mint().String(), "text", "бүттү").want(http.StatusSeeOther)
	staff.post(at+"/reopen", "id", Mint().String(), "text", "бири калыптыр").want(http.StatusSeeOther)
	entries := s.entriesAt(at)
	for _, kind := range []data.Kind{data.Header, data.Close, data.Reopen} {
		i := slices.IndexFunc(entries, func(e data.Entry) bool { return e.Kind == kind })
		for _, lang := range []string{"ky", "ru", "en"} {
			who.in(lang).write(at, "entry.void", "target", entries[i].ID.String()).want(http.StatusConflict, s.saidIn(lang, "entry.void.lasts"))
		}
	}
	who.write(at, "entry.void", "target", Mint().String()).want(http.StatusUnprocessableEntity)
	staff.get(at+"/protocol").want(http.StatusOK, "башка айыл экен", "Терек-Суу")
	if n := len(s.entriesAt(at)); n != len(entries) {
		t.Errorf("%d entries were added", n-len(entries))
	}
}

func TestEntryHasTheTagOfItsSession(t *testing.T) {
	s := newSite(t)
	s.round.Scheme.Tags = []data.Tag{{Key: "herders", Name: data.Text{EN: "Herders"}}, {Key: "poor", Name: data.Text{EN: "Poor families"}}}
	s.must(s.store.SaveRound(context.Background(), s.home.ID, s.round, data.Event{}))
	at, who := s.open(hands, "tag", "herders"), s.as(data.Facilitator)
	for group, status := range map[string]int{
		"female/18-28/herders": http.StatusSeeOther, "//herders": http.StatusSeeOther,
		"female/18-28/poor": http.StatusUnprocessableEntity, "female/18-28/": http.StatusUnprocessableEntity, "female/18-28/nobody": http.StatusUnprocessableEntity,
	} {
		if a := who.write(at, "presence.add", "group", group, "n", "1", "back", at+"/presence"); a.status != status {
			t.Errorf("%s: status %d, wanted %d", group, a.status, status)
		}
	}
	who.write(at, "quote.add", "group", "//", "text", "Жайытта суу жок").want(http.StatusSeeOther)
	mixed := s.open(hands)
	who.write(mixed, "presence.add", "group", "female/18-28/poor", "n", "1").want(http.StatusSeeOther)
}
