package handlers

import (
	"net/http"
	"strings"
	"testing"

	"ashar/data"
)

// another is a second person with a role.
func (s *site) another(role data.Role) *client {
	s.t.Helper()
	a := data.Account{ID: Mint(), Municipality: s.home.ID, Login: "another-" + Mint().String(), Name: "Бакыт М.", Role: role, Active: true, Created: s.clock()}
	s.must(s.store.AddAccount(s.t.Context(), a, data.Event{}))
	return s.client(a)
}

func TestASheetTypedTwiceCountsOnce(t *testing.T) {
	s := newSite(t)
	at, first, second := s.held(hands), s.as(data.Staff), s.another(data.Staff)
	form := first.get(at + "/paper").want(http.StatusOK).sheetForm()
	typed := []string{s.tallyField(0, youngWomen), "4", s.tallyField(1, youngWomen), "2", s.tallyField(0, youngMen), "3"}
	first.sends(at+"/paper", form, typed...).want(http.StatusSeeOther)
	first.sends(at+"/paper/second", form, typed...).want(http.StatusUnprocessableEntity, s.said("paper.second.own"))
	empty := second.get(at+"/paper/second").want(http.StatusOK, s.said("paper.second.help")).sheetForm()
	for name, value := range empty {
		if strings.HasPrefix(name, "was.") || (strings.HasPrefix(name, "tally.") || strings.HasPrefix(name, "here.")) && value != "" {
			t.Errorf("the second person sees %s=%s", name, value)
		}
	}
	before := s.sheet(at).Entries
	again := append(hereOf(s, at), typed...)
	again[len(again)-1] = "5" // three men were typed as five
	second.sends(at+"/paper/second", empty, again...).want(http.StatusSeeOther)
	page := second.get(at+"/paper/second").want(http.StatusOK, s.said("survey.typing.look", "n", 1), "Drinking water")
	if s.sheet(at).Entries != before || s.votes(at, youngWomen, 0) != 4 || s.votes(at, youngMen, 0) != 3 {
		t.Fatal("the second typing was counted")
	}
	second.post(at+"/paper/settle", "id", page.id()).want(http.StatusUnprocessableEntity, s.said("error.choose"))
	for range 2 {
		second.post(at+"/paper/settle", "id", page.id(), s.tallyField(0, youngMen), "2").want(http.StatusSeeOther)
	}
	if s.sheet(at).Entries != before+1 || s.votes(at, youngMen, 0) != 5 || s.votes(at, youngWomen, 0) != 4 {
		t.Errorf("settled as %d and %d with %d more entries", s.votes(at, youngMen, 0), s.votes(at, youngWomen, 0), s.sheet(at).Entries-before)
	}
	second.get(at+"/paper").want(http.StatusOK, "there was 1 difference")
}

// hereOf types who was there as it stands.
func hereOf(s *site, at string) (pairs []string) {
	sheet := s.sheet(at)
	for _, g := range sheet.Groups() {
		pairs = append(pairs, "here."+groupKey(g), figure(sheet.Present(g)))
	}
	return pairs
}

func TestBallotsTypedTwiceAreMatchedOneToOne(t *testing.T) {
	s := newSite(t)
	at, first, second := s.held("ballots", "top", "3"), s.as(data.Staff), s.another(data.Staff)
	row := func(n, group string, places ...string) []string {
		return append(s.places("row."+n, places...), "row."+n+".group", group)
	}
	all := func(rows ...[]string) (pairs []string) {
		for _, r := range rows {
			pairs = append(pairs, r...)
		}
		return pairs
	}
	form := first.get(at + "/paper").sheetForm()
	first.sends(at+"/paper", form, all(row("1", youngWomen, "1", "2"), row("2", youngWomen, "1", "2"), row("3", youngMen, "2", "1"))...).want(http.StatusSeeOther)
	form = second.get(at + "/paper/second").want(http.StatusOK).sheetForm()
	second.sends(at+"/paper/second", form, append(hereOf(s, at), all(row("1", youngMen, "1", "2"), row("2", youngWomen, "1", "2"), row("3", youngWomen, "1", "2"), row("4", youngWomen, "1", "2"))...)...).want(http.StatusSeeOther)
	page := second.get(at+"/paper/second").want(http.StatusOK, s.said("survey.typing.look", "n", 3), "Internal roads › Drinking water")
	if n := len(s.sheet(at).Ballots); n != 3 {
		t.Fatalf("%d ballots", n)
	}
	answers := []string{"id", page.id()}
	for _, field := range fieldsOf(page.body) {
		answers = append(answers, field, "2")
	}
	second.post(at+"/paper/settle", answers...).want(http.StatusSeeOther)
	women, men := 0, 0
	for _, b := range s.sheet(at).Ballots {
		if b.Group.Sex == data.Female {
			women++
		} else if men++; b.Ballot[0].Problem != s.problems[0].ID {
			t.Errorf("the men's ballot is %v", b.Ballot)
		}
	}
	if women != 3 || men != 1 {
		t.Errorf("%d women and %d men after it was settled", women, men)
	}
}

// fieldsOf are the names of a page's choices, each once.
func fieldsOf(body string) (names []string) {
	for part := range strings.SplitSeq(body, `<input type="radio" name="`) {
		if name, _, ok := strings.Cut(part, `" value="2"`); ok && !strings.Contains(name, `"`) {
			names = append(names, name)
		}
	}
	return names
}

func TestPairsAndOrdersAreComparedToo(t *testing.T) {
	s := newSite(t)
	for form, fields := range map[string][3][]string{
		"pairs": {{"pair." + s.problem(0) + "." + s.problem(1), "1", "why." + s.problem(0) + "." + s.problem(1), "Балдар"}, {"pair." + s.problem(0) + "." + s.problem(1), "-1"}, {"pair." + s.problem(0) + "." + s.problem(1)}},
		"order": {s.places("place", "1", "2"), s.places("place", "2", "1"), {"place." + s.problem(0), "place." + s.problem(1)}},
	} {
		t.Run(form, func(t *testing.T) {
			at, first, second := s.held(form), s.as(data.Staff), s.another(data.Staff)
			first.sends(at+"/paper", first.get(at+"/paper").sheetForm(), fields[0]...).want(http.StatusSeeOther)
			second.sends(at+"/paper/second", second.get(at+"/paper/second").sheetForm(), append(hereOf(s, at), fields[1]...)...).want(http.StatusSeeOther)
			page := second.get(at+"/paper/second").want(http.StatusOK, s.said("survey.typing.look", "n", len(fields[2])))
			answers := []string{"id", page.id()}
			for _, field := range fields[2] {
				answers = append(answers, field, "2")
			}
			second.post(at+"/paper/settle", answers...).want(http.StatusSeeOther)
			sheet := s.sheet(at)
			if form == "order" && sheet.Order.Ballot[0].Problem != s.problems[1].ID {
				t.Errorf("the order is %v", sheet.Order.Ballot)
			}
			if c := sheet.Pairs[pairOf(s.problems[0].ID, s.problems[1].ID)]; form == "pairs" && (c.N != -1 || c.Reason != "Балдар") {
				t.Errorf("the pair is %v", c)
			}
		})
	}
}
