package rank

import (
	"slices"

	"ashar/data"

	"pgregory.net/rapid"
)

// What rapid draws: rounds of small meetings in all forms, with ties, short
// ballots, silent groups, too many votes, reasons for them or none.

var (
	drawScheme   = data.Scheme{Sexes: true, Bands: []data.Band{"18-28", "61+"}, Tags: []data.Tag{{Key: "poor"}}}
	drawVillages = []data.ID{named("Ak-Muz"), named("Kok-Jar")}
	drawGroups   = []data.Group{
		{Sex: data.Female, Band: "18-28"}, {Sex: data.Female, Band: "61+"}, {Sex: data.Male, Band: "18-28"}, {Sex: data.Male, Band: "61+"},
		{Sex: data.Female}, {Band: "61+"}, {}, {Sex: data.Male, Band: "61+", Tag: "poor"},
	}
	drawProblems = problems("A B C D E")
)

// drawBallot draws a ballot that names something, with ties and gaps closed.
func drawBallot(t *rapid.T, ids []data.ID, form data.Form) data.Ballot {
	var choices []data.Choice
	for _, p := range rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID).Draw(t, "named") {
		c := data.Choice{Problem: p, Place: rapid.IntRange(1, len(ids)).Draw(t, "place")}
		if form == data.Scores {
			c.Points = rapid.IntRange(1, 5).Draw(t, "score")
		}
		choices = append(choices, c)
	}
	if form == data.Scores {
		return data.BallotByPoints(choices)
	}
	return data.NewBallot(choices)
}

func drawSpeaker(t *rapid.T, s data.Session, g data.Group, ids []data.ID) speaker {
	sp := speaker{group: g, n: rapid.IntRange(0, 5).Draw(t, "people"), reason: rapid.Bool().Draw(t, "explained")}
	most := sp.n
	if rapid.IntRange(0, 4).Draw(t, "too many") == 0 {
		most += 2
	}
	switch s.Form {
	case data.Tally:
		sp.hands = map[data.ID]int{}
		for _, p := range ids {
			if n := rapid.IntRange(-1, most).Draw(t, "hands"); n >= 0 {
				sp.hands[p] = n
			}
		}
	case data.Ballots, data.Scores:
		for range rapid.IntRange(0, most).Draw(t, "ballots") {
			sp.ballots = append(sp.ballots, drawBallot(t, ids, s.Form))
		}
	}
	return sp
}

func drawMeeting(t *rapid.T, n int, ids []data.ID, forms []data.Form) meeting {
	m := meeting{session: data.Session{
		ID: num(n), Village: rapid.SampledFrom(drawVillages).Draw(t, "village"), Form: rapid.SampledFrom(forms).Draw(t, "form"),
	}}
	if m.session.Form == data.Tally {
		m.session.Each = rapid.IntRange(0, 3).Draw(t, "stones")
	}
	for _, g := range rapid.SliceOfNDistinct(rapid.SampledFrom(drawGroups), 1, 3, rapid.ID).Draw(t, "groups") {
		m.speakers = append(m.speakers, drawSpeaker(t, m.session, g, ids))
	}
	switch m.session.Form {
	case data.Order:
		if rapid.IntRange(0, 4).Draw(t, "silent") > 0 {
			m.order = drawBallot(t, ids, data.Order)
		}
	case data.Pairs:
		m.pairs = drawPairs(t, ids)
	}
	return m
}

func drawPairs(t *rapid.T, ids []data.ID) map[data.Pair]int {
	pairs := map[data.Pair]int{}
	listed := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, len(ids), rapid.ID).Draw(t, "listed")
	complete := rapid.IntRange(0, 4).Draw(t, "complete") > 0
	for i, a := range listed {
		for _, b := range listed[:i] {
			pair, _ := data.PairOf(a, b)
			if complete || rapid.Bool().Draw(t, "answered") {
				pairs[pair] = rapid.IntRange(-1, 1).Draw(t, "who wins")
			}
		}
	}
	return pairs
}

// drawMeetings draws a few meetings about some of the problems.
func drawMeetings(t *rapid.T, forms ...data.Form) ([]meeting, []data.ID) {
	if len(forms) == 0 {
		forms = data.Forms
	}
	ids := drawProblems[:rapid.IntRange(1, len(drawProblems)).Draw(t, "problems")]
	var meetings []meeting
	for i := range rapid.IntRange(1, 5).Draw(t, "meetings") {
		meetings = append(meetings, drawMeeting(t, i+1, ids, forms))
	}
	return meetings, ids
}

// drawRound draws a round and the same round to be counted by hand. Problem Z
// is one that nobody can have named.
func drawRound(t *rapid.T, forms ...data.Form) (Round, handRound) {
	meetings, ids := drawMeetings(t, forms...)
	hand := handRound{problems: append(slices.Clone(ids), named("Z")), population: map[stratum]int{}}
	for _, m := range meetings {
		hand.voices = append(hand.voices, m.byHand()...)
	}
	for _, village := range drawVillages {
		for _, g := range drawGroups[:4] {
			hand.population[stratum{village, g.Sex, g.Band}] = rapid.SampledFrom([]int{0, 1, 7, 120, 333}).Draw(t, "residents")
		}
	}
	rho := rapid.SampledFrom([]float64{0, 0.2, 0.75, 1}).Draw(t, "rho")
	hand.rho = exact(rho)
	return Round{
		Voices: voicesOf(t, meetings, nil), Problems: hand.problems, Scheme: drawScheme,
		Rule: data.Rule{View: data.People, Rho: rho}, Population: hand.rows(),
	}, hand
}

// drawCut draws whose voices to count.
func drawCut(t *rapid.T) (c Cut) {
	g := rapid.SampledFrom(drawGroups).Draw(t, "group")
	village, session := rapid.SampledFrom(drawVillages).Draw(t, "village"), num(rapid.IntRange(1, 5).Draw(t, "session"))
	for _, part := range rapid.SliceOfNDistinct(rapid.IntRange(0, 4), 0, 3, rapid.ID).Draw(t, "parts") {
		switch part {
		case 0:
			c.Sex = &g.Sex
		case 1:
			c.Band = &g.Band
		case 2:
			c.Tag = &g.Tag
		case 3:
			c.Village = &village
		case 4:
			c.Session = &session
		}
	}
	return c
}
