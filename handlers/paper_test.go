package handlers

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ashar/data"
)

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="((?:seen|rows|all|was\.[^"]+))" value="([^"]*)"`)
	shownField  = regexp.MustCompile(`<input class="(?:figure|words)" id="[^"]+" name="([^"]+)" value="([^"]*)"`)
)

// sheetForm is the paper page's form as a browser would send it untouched.
func (a answer) sheetForm() map[string]string {
	form := map[string]string{"id": a.id()}
	for _, pattern := range []*regexp.Regexp{hiddenField, shownField} {
		for _, found := range pattern.FindAllStringSubmatch(a.body, -1) {
			form[found[1]] = found[2]
		}
	}
	return form
}

// sends posts a form with some fields changed.
func (c *client) sends(path string, form map[string]string, pairs ...string) answer {
	c.site.t.Helper()
	var all []string
	changed := map[string]bool{}
	for i := 0; i < len(pairs); i += 2 {
		changed[pairs[i]] = true
		all = append(all, pairs[i], pairs[i+1])
	}
	for name, value := range form {
		if !changed[name] {
			all = append(all, name, value)
		}
	}
	return c.post(path, all...)
}

func (s *site) tallyField(problem int, group string) string {
	return "tally." + s.problem(problem) + "." + group
}

func TestPaperTallyIsTypedInOnce(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Staff)
	form := who.get(at+"/paper").want(http.StatusOK, s.said("paper.title"), "Women, 61 years and over").sheetForm()
	before := s.sheet(at).Entries
	typed := []string{"here." + oldMen, "6", s.tallyField(0, youngWomen), " 4 ", s.tallyField(1, youngMen), "3", s.tallyField(2, oldMen), "5"}
	for range 3 {
		who.sends(at+"/paper", form, typed...).want(http.StatusSeeOther)
	}
	if n := s.sheet(at).Entries - before; n != 4 {
		t.Errorf("%d entries of four changed numbers sent three times", n)
	}
	if s.votes(at, youngWomen, 0) != 4 || s.votes(at, youngMen, 1) != 3 || s.votes(at, oldMen, 2) != 5 || s.sheet(at).People() != 14 {
		t.Errorf("people %d", s.sheet(at).People())
	}
	changed := append([]string{s.tallyField(0, youngWomen), "2"}, typed[:2]...)
	who.sends(at+"/paper", form, changed...).want(http.StatusConflict, s.said("entry.conflict"))
	s.as(data.Facilitator).get(at + "/paper").want(http.StatusForbidden)
}

func TestPaperWritesDownOnlyWhatWasChanged(t *testing.T) {
	s := newSite(t)
	at, who, other := s.held(hands), s.as(data.Staff), s.as(data.Facilitator)
	other.write(at, "tally.count", "problem", s.problem(0), "group", youngWomen, "n", "3").want(http.StatusSeeOther)
	other.write(at, "tally.count", "problem", s.problem(1), "group", youngWomen, "n", "3").want(http.StatusSeeOther)
	form := who.get(at + "/paper").want(http.StatusOK).sheetForm()
	if form[s.tallyField(0, youngWomen)] != "3" || form["was."+s.tallyField(0, youngWomen)] != "3" {
		t.Fatalf("what is there does not stand on the sheet: %v", form)
	}
	other.write(at, "tally.add", "problem", s.problem(0), "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	other.write(at, "tally.add", "problem", s.problem(1), "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	who.sends(at+"/paper", form, s.tallyField(1, youngWomen), "2").want(http.StatusSeeOther)
	if n := s.votes(at, youngWomen, 0); n != 4 {
		t.Errorf("a number that nobody changed is %d", n)
	}
	if n := s.votes(at, youngWomen, 1); n != 3 {
		t.Errorf("two were counted and one tapped meanwhile: %d", n)
	}
	form = who.get(at + "/paper").want(http.StatusOK).sheetForm()
	who.sends(at+"/paper", form, s.tallyField(0, youngWomen), "").want(http.StatusSeeOther)
	if n := s.votes(at, youngWomen, 0); n != 0 {
		t.Errorf("a number that was rubbed out is %d", n)
	}
	before := s.sheet(at).Entries
	who.sends(at+"/paper", who.get(at+"/paper").sheetForm()).want(http.StatusSeeOther)
	if after := s.sheet(at).Entries; after != before {
		t.Errorf("an untouched sheet wrote %d entries", after-before)
	}
}

func TestPaperIsKeptWholeOrNotAtAll(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Staff)
	form := who.get(at + "/paper").sheetForm()
	before := s.sheet(at).Entries
	for wrong, fault := range map[string]string{
		"x":      s.said("paper.wrong", "where", titles[1].EN+" · Men, 18–28 years", "min", 0, "max", data.MaxCount),
		"-1":     s.said("paper.wrong", "where", titles[1].EN+" · Men, 18–28 years", "min", 0, "max", data.MaxCount),
		"999999": s.said("paper.wrong", "where", titles[1].EN+" · Men, 18–28 years", "min", 0, "max", data.MaxCount),
	} {
		page := who.sends(at+"/paper", form, s.tallyField(0, youngWomen), "4", s.tallyField(1, youngMen), wrong, "here."+teenGirls, "")
		page.want(http.StatusUnprocessableEntity, fault, `name="`+s.tallyField(0, youngWomen)+`" value="4"`, `name="`+s.tallyField(1, youngMen)+`" value="`+wrong+`"`,
			`aria-describedby="e-`+s.tallyField(1, youngMen)+`"`, `name="seen" value="`+form["seen"]+`"`)
	}
	who.sends(at+"/paper", form, s.tallyField(0, youngWomen), "4", "here."+teenGirls, "2").want(http.StatusUnprocessableEntity, s.said("session.consent.missing"))
	if after := s.sheet(at).Entries; after != before {
		t.Errorf("%d entries of wrong sheets", after-before)
	}
	wider := who.sends(at+"/paper", form, s.tallyField(0, youngWomen), "4", "wider", "1").want(http.StatusOK, `value="4"`)
	mended := wider.sheetForm()
	who.sends(at+"/paper", mended, "here.//", "2").want(http.StatusSeeOther)
	if s.votes(at, youngWomen, 0) != 4 || s.sheet(at).Present(data.Group{}) != 2 {
		t.Error("the mended sheet was not kept")
	}
}

func TestPaperOfAClosedSessionSaysSo(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Staff)
	form := who.get(at + "/paper").sheetForm()
	session := s.sessionAt(at)
	s.must(s.store.AddEntries(context.Background(), s.home.ID, session, []data.Entry{{ID: Mint(), Session: session.ID, Kind: data.Close}}))
	who.sends(at+"/paper", form, s.tallyField(0, youngWomen), "4").want(http.StatusConflict, s.said("session.closed.already"))
	if n := s.votes(at, youngWomen, 0); n != 0 {
		t.Errorf("%d votes came in", n)
	}
}

func TestPaperBallotsAreRowsOfPersons(t *testing.T) {
	s := newSite(t)
	at, who := s.held("ballots", "top", "3"), s.as(data.Staff)
	form := who.get(at + "/paper").want(http.StatusOK).sheetForm()
	row := func(n, group string, places ...string) []string {
		return append(s.places("row."+n, places...), "row."+n+".group", group)
	}
	first := append(row("1", youngWomen, "1", "2"), row("12", youngMen, "2", "1", "1")...)
	who.sends(at+"/paper", form, append(first, row("3", "", "1")...)...).want(http.StatusUnprocessableEntity, s.said("paper.group", "row", 3))
	who.sends(at+"/paper", form, append(first, row("3", youngMen, "1", "2", "3", "4")...)...).want(http.StatusUnprocessableEntity, s.said("entry.ballot.many", "max", 3))
	who.sends(at+"/paper", form, append(first, row("3", youngMen, "5")...)...).want(http.StatusUnprocessableEntity, s.said("paper.wrong.here"))
	more := who.sends(at+"/paper", form, append(row("1", youngWomen, "1", "2"), "more", "1")...)
	more.want(http.StatusOK, `name="row.20.group"`, `name="row.1.`+s.problem(1)+`" value="2"`, `<option value="`+youngWomen+`" selected>`)
	if n := len(s.sheet(at).Ballots); n != 0 {
		t.Fatalf("%d ballots before the sheet was kept", n)
	}
	longer := more.sheetForm()
	for range 2 {
		who.sends(at+"/paper", longer, first...).want(http.StatusSeeOther)
	}
	got := s.sheet(at).Ballots
	if len(got) != 2 || len(got[0].Ballot)+len(got[1].Ballot) != 5 {
		t.Errorf("kept %v", got)
	}
	if page := who.get(at+"/paper").want(http.StatusOK, s.said("paper.cast.ballots", "n", 2, "of", 8)); strings.Contains(page.body, " selected") {
		t.Error("the next sheet is not empty")
	}
}

func TestPaperScoresAreOneToFive(t *testing.T) {
	s := newSite(t)
	at, who := s.held("scores"), s.as(data.Staff)
	form := who.get(at + "/paper").sheetForm()
	cell := "row.1." + s.problem(0)
	who.sends(at+"/paper", form, cell, "6", "row.1.group", youngMen).want(http.StatusUnprocessableEntity, s.said("paper.wrong.here"))
	who.sends(at+"/paper", form, cell, "5", "row.1.group", youngMen).want(http.StatusSeeOther)
	if got := s.sheet(at).Ballots; len(got) != 1 || got[0].Ballot[0].Points != 5 {
		t.Errorf("kept %v", got)
	}
}

func TestPaperPairsCarryTheirReasons(t *testing.T) {
	s := newSite(t)
	at, who := s.held("pairs"), s.as(data.Staff)
	form := who.get(at + "/paper").want(http.StatusOK).sheetForm()
	tail := func(a, b int) string { return s.problem(a) + "." + s.problem(b) }
	who.sends(at+"/paper", form, "why."+tail(0, 1), "Балдар").want(http.StatusUnprocessableEntity,
		s.said("paper.pair", "where", titles[0].EN+" · "+titles[1].EN), `value="Балдар"`)
	who.sends(at+"/paper", form, "pair."+tail(0, 1), "1", "why."+tail(0, 1), "Балдар <u>", "pair."+tail(1, 2), "0").want(http.StatusSeeOther)
	sheet := s.sheet(at)
	if c := sheet.Pairs[pairOf(s.problems[0].ID, s.problems[1].ID)]; len(sheet.Pairs) != 2 || c.N != 1 || c.Reason != "Балдар <u>" {
		t.Errorf("kept %v", sheet.Pairs)
	}
	if page := who.get(at+"/paper").want(http.StatusOK, `value="Балдар <u>"`); strings.Contains(page.body, "Балдар <u>") {
		t.Error("the reason is not escaped")
	}
}

func TestPaperOrderIsOneEntry(t *testing.T) {
	s := newSite(t)
	at, who := s.held("order"), s.as(data.Staff)
	before := s.sheet(at).Entries
	who.sends(at+"/paper", who.get(at+"/paper").sheetForm(), s.places("place", "2", "1", "", "")...).want(http.StatusSeeOther)
	again := who.get(at + "/paper").want(http.StatusOK).sheetForm()
	if again["place."+s.problem(1)] != "1" {
		t.Errorf("the sheet says %v", again)
	}
	who.sends(at+"/paper", again).want(http.StatusSeeOther)
	if n := s.sheet(at).Entries - before; n != 1 {
		t.Errorf("%d entries of one order", n)
	}
}

func TestPartsOfAFormHaveNamesOfTheirOwn(t *testing.T) {
	form := Mint()
	a, b := derived(form, "tally.a"), derived(form, "tally.b")
	if a == b || a != derived(form, "tally.a") || a == derived(Mint(), "tally.a") {
		t.Errorf("%v %v", a, b)
	}
	if string(a[:6]) != string(form[:6]) || a[6]>>4 != 7 || a[8]>>6 != 2 {
		t.Errorf("%v is no name of the same moment as %v", a, form)
	}
}
