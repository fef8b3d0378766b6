package handlers

import (
	"net/http"
	"strings"
	"testing"

	"ashar/data"
)

// places are the fields of a ballot that gives the problems these places, empty
// for none.
func (s *site) places(prefix string, places ...string) (pairs []string) {
	for i, p := range places {
		pairs = append(pairs, prefix+"."+s.problem(i), p)
	}
	return pairs
}

// casts is the form of a ballot on its way.
func (s *site) casts(at, group string, places ...string) []string {
	return append(s.places("place", places...), "group", group, "back", at+"/record")
}

func TestBallotsAreCountedAgainstThePeople(t *testing.T) {
	s := newSite(t)
	at, who := s.held("ballots"), s.as(data.Facilitator)
	page := who.get(at+"/record").want(http.StatusOK, s.said("cast.heading.ballots", "k", 1, "n", 8), s.said("cast.none.ballots"))
	if strings.Contains(page.body, " checked") {
		t.Error("a group is chosen that nobody chose")
	}
	kept := who.write(at, "ballot.cast", s.casts(at, youngMen, "2", "1", "1", "")...).want(http.StatusSeeOther)
	page = who.get(kept.header.Get("Location")).want(http.StatusOK, s.said("cast.heading.ballots", "k", 2, "n", 8), s.said("record.of", "k", 1, "n", 3),
		"Internal roads = Kindergarten › Drinking water", `value="`+youngMen+`" checked`)
	if strings.Contains(page.body, `max="4" value="1"`) {
		t.Error("the next ballot begins with the places of the last")
	}
	got := s.sheet(at).Ballots
	want := data.NewBallot([]data.Choice{{Problem: s.problems[1].ID, Place: 1}, {Problem: s.problems[2].ID, Place: 1}, {Problem: s.problems[0].ID, Place: 2}})
	if len(got) != 1 || len(got[0].Ballot) != 3 || got[0].Ballot[2] != want[2] || got[0].Ballot[0].Place != 1 || got[0].Ballot[1].Place != 1 {
		t.Errorf("kept %v", got)
	}
}

func TestBallotSentTwiceIsOneBallot(t *testing.T) {
	s := newSite(t)
	at, who := s.held("ballots"), s.as(data.Facilitator)
	form := append(s.casts(at, youngWomen, "1", "1", "1", "2"), "id", Mint().String(), "kind", "ballot.cast")
	for range 8 { // the order of fields in a form's map is another each time
		who.post(at+"/entries", form...).want(http.StatusSeeOther)
	}
	if n := len(s.sheet(at).Ballots); n != 1 {
		t.Errorf("%d ballots", n)
	}
}

func TestBallotThatCannotBeIsShownAgain(t *testing.T) {
	s := newSite(t)
	at, who := s.held("ballots", "top", "2"), s.as(data.Facilitator)
	for name, c := range map[string]struct {
		group  string
		places []string
		fault  string
	}{
		"nothing named":      {youngWomen, []string{"", "", "", ""}, s.said("entry.ballot.empty")},
		"too many":           {youngWomen, []string{"1", "2", "3", ""}, s.said("entry.ballot.many", "max", 2)},
		"no place":           {youngWomen, []string{"0", "", "", ""}, s.said("error.range", "min", 1, "max", maxPlace)},
		"a word":             {youngWomen, []string{"биринчи", "", "", ""}, s.said("error.number")},
		"no group":           {"", []string{"1", "", "", ""}, s.said("error.choose")},
		"a group of nowhere": {"female/1-2/", []string{"1", "", "", ""}, s.said("error.choose")},
	} {
		t.Run(name, func(t *testing.T) {
			page := who.write(at, "ballot.cast", s.casts(at, c.group, c.places...)...).want(http.StatusUnprocessableEntity, c.fault)
			if c.places[0] != "" {
				page.want(http.StatusUnprocessableEntity, `value="`+c.places[0]+`"`)
			}
			if c.group == youngWomen {
				page.want(http.StatusUnprocessableEntity, `value="`+youngWomen+`" checked`)
			}
			who.htmx("div#ballots").write(at, "ballot.cast", s.casts(at, c.group, c.places...)...).want(http.StatusUnprocessableEntity, c.fault).lacks("<html")
		})
	}
	if n := len(s.sheet(at).Ballots); n != 0 {
		t.Errorf("%d ballots were kept", n)
	}
}

func TestBallotIsTakenBack(t *testing.T) {
	s := newSite(t)
	at, who := s.held("ballots"), s.as(data.Facilitator)
	for range 3 {
		who.write(at, "ballot.cast", s.casts(at, youngWomen, "1", "2")...).want(http.StatusSeeOther)
	}
	second := s.sheet(at).Ballots[1].Entry
	page := s.as(data.Staff).htmx("section#last").write(at, "entry.void", "target", second.String(), "back", at+"/record")
	page.want(http.StatusOK, `id="last"`).lacks("<html", second.String())
	if left := s.sheet(at).Ballots; len(left) != 2 {
		t.Errorf("%d ballots are left", len(left))
	}
}

func TestMoreBallotsThanPeopleWantAReason(t *testing.T) {
	s := newSite(t)
	at, who := s.held("ballots"), s.as(data.Facilitator)
	for range 4 {
		who.write(at, "ballot.cast", s.casts(at, youngMen, "1")...).want(http.StatusSeeOther)
	}
	over := s.said("session.over.ballots", "group", "Men, 18–28 years", "votes", 4, "n", 3)
	who.get(at+"/record").want(http.StatusOK, over, s.said("over.keep"))
	who.write(at, "tally.explain", "problem", "", "group", youngMen, "n", "4", "text", "Бирөө кечикти").want(http.StatusSeeOther)
	who.get(at+"/record").want(http.StatusOK, over, "Бирөө кечикти").lacks(s.said("over.keep"))
}

func TestScoresHaveAMean(t *testing.T) {
	s := newSite(t)
	at, who := s.held("scores"), s.as(data.Facilitator)
	for _, scores := range [][]string{{"5", "1", ""}, {"4", "", ""}} {
		who.write(at, "ballot.cast", append(s.places("score", scores...), "group", youngWomen)...).want(http.StatusSeeOther)
	}
	who.get(at+"/record").want(http.StatusOK, s.said("cast.heading.scores", "k", 3, "n", 8), `<b class="num">4.5</b>`, `<b class="num">1.0</b>`,
		s.said("count.sheets", "n", 2), "Drinking water (5) › Internal roads (1)")
	for _, wrong := range []string{"6", "0", "x"} {
		who.write(at, "ballot.cast", append(s.places("score", wrong, "3"), "group", youngWomen, "back", at+"/record")...).
			want(http.StatusUnprocessableEntity, `value="3" checked`)
	}
	who.write(at, "ballot.cast", append(s.places("score", "", ""), "group", youngWomen, "back", at+"/record")...).want(http.StatusUnprocessableEntity)
}

// says answers a pair.
func (c *client) says(at string, a, b int, n, why string) answer {
	return c.write(at, "pair.compare", "problem", c.site.problem(a), "other", c.site.problem(b), "n", n, "text", why, "back", at+"/record")
}

func TestPairsAreAskedOneAfterAnother(t *testing.T) {
	s := newSite(t)
	at, who := s.held("pairs"), s.as(data.Facilitator)
	asks := func(a, b int) {
		t.Helper()
		who.get(at+"/record").want(http.StatusOK, `name="problem" value="`+s.problem(a)+`"`, `name="other" value="`+s.problem(b)+`"`)
	}
	asks(0, 1)
	kept := who.says(at, 0, 1, "1", "Балдар ооруйт <i>").want(http.StatusSeeOther)
	page := who.get(kept.header.Get("Location")).want(http.StatusOK, s.said("pair.kept", "a", titles[0].EN, "b", titles[1].EN), "Балдар ооруйт <i>",
		s.said("pair.progress", "k", 1, "n", 6))
	if strings.Contains(page.body, "ооруйт <i>") {
		t.Error("the reason is not escaped")
	}
	asks(0, 2)
	who.says(at, 0, 2, "0", "").want(http.StatusSeeOther)
	asks(0, 3)
	who.get(query(at+"/record", "a", s.problem(1), "b", s.problem(0))).want(http.StatusOK, s.said("pair.chosen"), `value="Балдар ооруйт <i>"`)
	for _, pair := range [][2]int{{0, 3}, {1, 2}, {1, 3}, {2, 3}} {
		who.says(at, pair[0], pair[1], "1", "").want(http.StatusSeeOther)
	}
	who.get(at+"/record").want(http.StatusOK, s.said("pair.heading.done"), `<td class="wins leader"><b>2.5</b>`).lacks(`id="pair"`)
	who.says(at, 0, 0, "1", "").want(http.StatusUnprocessableEntity)
	who.says(at, 0, 1, "2", "").want(http.StatusUnprocessableEntity)
	who.says(at, 0, 1, "", "").want(http.StatusUnprocessableEntity)
}

func TestContradictionIsSpelledOutAndMended(t *testing.T) {
	s := newSite(t)
	at, who := s.held("pairs"), s.as(data.Facilitator)
	who.says(at, 0, 1, "1", "").want(http.StatusSeeOther)
	who.says(at, 1, 2, "1", "").want(http.StatusSeeOther)
	who.says(at, 0, 2, "-1", "мурунку").want(http.StatusSeeOther)
	circle := s.said("pair.circle", "a", titles[0].EN, "b", titles[1].EN, "c", titles[2].EN)
	who.get(at+"/record").want(http.StatusOK, circle, query(at+"/record", "a", s.problem(2), "b", s.problem(0)))
	before := s.sheet(at).Entries
	who.says(at, 0, 2, "1", "кийинки").want(http.StatusSeeOther)
	who.get(at + "/record").want(http.StatusOK).lacks(circle)
	if after := s.sheet(at).Entries; after != before+1 {
		t.Errorf("%d entries, and then %d: the old answer does not stay", before, after)
	}
	who.get(at+"/history").want(http.StatusOK, "мурунку", "кийинки")
}

func TestMatrixFollowsOthersWhileAReasonIsTyped(t *testing.T) {
	s := newSite(t)
	at, one, other := s.held("pairs"), s.as(data.Facilitator), s.as(data.Staff)
	poll := one.get(at + "/record").want(http.StatusOK).poll()
	other.says(at, 0, 1, "1", "").want(http.StatusSeeOther)
	one.htmx("section#matrix").get(poll).want(http.StatusOK, s.said("pair.progress", "k", 1, "n", 6)).lacks("<form")
}

func TestAgreedOrderIsReplacedAndKept(t *testing.T) {
	s := newSite(t)
	at, who := s.held("order"), s.as(data.Facilitator)
	page := who.get(at+"/record").want(http.StatusOK, s.said("order.none"), s.said("order.heading"))
	if strings.Contains(page.body, `max="4" value="1"`) {
		t.Error("problems begin with places")
	}
	agree := func(places ...string) answer {
		return who.write(at, "order.agree", append(s.places("place", places...), "back", at+"/record")...)
	}
	agree("", "", "", "").want(http.StatusUnprocessableEntity, s.said("entry.ballot.empty"))
	agree("2", "1", "2", "").want(http.StatusSeeOther)
	who.get(at+"/record").want(http.StatusOK, s.said("order.heading.again"), `>2=</b> <span class="name" lang="en">Drinking water`, "Айгүл Т.")
	agree("1", "2", "3", "4").want(http.StatusSeeOther)
	if o := s.sheet(at).Order; o == nil || o.Ballot[0].Problem != s.problems[0].ID || len(o.Ballot) != 4 {
		t.Errorf("the order is %v", o)
	}
	who.get(at+"/history").want(http.StatusOK, "Internal roads › Drinking water = Kindergarten", "Drinking water › Internal roads")
}

// Five want water and three the road: two must turn for the road to win.
func TestAVoteSaysHowManyWouldHaveToTurn(t *testing.T) {
	s := newSite(t)
	at, who := s.held("ballots", "top", "1"), s.as(data.Facilitator)
	for i := range 8 {
		group, places := youngWomen, []string{"1", "", "", ""}
		if i >= 5 {
			group, places = youngMen, []string{"", "1", "", ""}
		}
		who.write(at, "ballot.cast", s.casts(at, group, places...)...).want(http.StatusSeeOther)
	}
	turns := s.said("session.result.turns", "title", s.said("chart.quoted", "title", "Internal roads"), "n", 2)
	who.get(at).want(http.StatusOK, turns)
	more := s.held("ballots", "top", "2")
	who.write(more, "ballot.cast", s.casts(more, youngMen, "1", "2", "", "")...).want(http.StatusSeeOther)
	who.get(more).want(http.StatusOK).lacks("have to change their mind")
}
