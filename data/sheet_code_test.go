package data

import "testing"

func TestTheCodeStandsForTheNumbersAlone(t *testing.T) {
	s := Session{ID: id(77), Form: Tally}
	first := []Entry{
		{Kind: PresenceCount, Group: women, N: 14},
		{Kind: TallyAdd, Group: women, Problem: water, N: 3},
		{Kind: TallyAdd, Group: women, Problem: road, N: 2},
	}
	code := says(t, s, first...).Code()
	if len(code) != 6 {
		t.Fatalf("the code is %q, six letters are wanted", code)
	}
	for what, c := range map[string]struct {
		entries []Entry
		same    bool
	}{
		"a note":                   {append(first[:3:3], Entry{Kind: Note, Text: "cold"}), true},
		"another order of writing": {[]Entry{first[2], first[0], first[1]}, true},
		"one tap less, one more":   {append(first[:3:3], Entry{Kind: TallyAdd, Group: women, Problem: water, N: -1}, Entry{Kind: TallyAdd, Group: women, Problem: water, N: 1}), true},
		"one hand more":            {append(first[:3:3], Entry{Kind: TallyAdd, Group: women, Problem: water, N: 1}), false},
		"one woman more":           {append(first[:3:3], Entry{Kind: PresenceAdd, Group: women, N: 1}), false},
		"hands for another":        {append(first[:2:2], Entry{Kind: TallyAdd, Group: women, Problem: light, N: 2}), false},
	} {
		if got := says(t, s, c.entries...).Code(); (got == code) != c.same {
			t.Errorf("after %s the code is %s, before %s", what, got, code)
		}
	}
	other := s
	other.ID = id(78)
	if says(t, other, first...).Code() == code {
		t.Error("two sessions with the same numbers have the same code")
	}
}

func TestTheCodeKnowsOrdersPairsAndBallots(t *testing.T) {
	ballot := func(problems ...ID) Ballot {
		var b Ballot
		for i, p := range problems {
			b = append(b, Choice{Problem: p, Place: i + 1})
		}
		return b
	}
	seen := map[string]string{}
	for what, entry := range map[string]Entry{
		"water before road": {Kind: Agree, Ballot: ballot(water, road)},
		"road before water": {Kind: Agree, Ballot: ballot(road, water)},
		"a ballot":          {Kind: Cast, Group: women, Ballot: ballot(water, road)},
		"a man's ballot":    {Kind: Cast, Group: men, Ballot: ballot(water, road)},
		"water over road":   {Kind: Compare, Problem: water, Other: road, N: 1},
		"road over water":   {Kind: Compare, Problem: road, Other: water, N: 1},
	} {
		code := says(t, Session{ID: id(77)}, entry).Code()
		if twin, twice := seen[code]; twice {
			t.Errorf("%s and %s have the same code", what, twin)
		}
		seen[code] = what
	}
	tied := Ballot{{Problem: water, Place: 1}, {Problem: road, Place: 1}}
	turned := Ballot{{Problem: road, Place: 1}, {Problem: water, Place: 1}}
	if a, b := says(t, Session{}, Entry{Kind: Agree, Ballot: tied}).Code(), says(t, Session{}, Entry{Kind: Agree, Ballot: turned}).Code(); a != b {
		t.Errorf("tied problems make two codes: %s and %s", a, b)
	}
}
