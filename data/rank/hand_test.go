package rank

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"ashar/data"
)

// The count by hand: the same figures a second time, slowly and by the
// definition. Every voice is a heap of ballots (the two-tier ballots behind a
// tally are dealt out one by one) or a matrix of pairs; the score of a problem
// is the mean share of comparisons it wins against each other problem.

type handVoice struct {
	session, village data.ID
	group            data.Group
	mixed            bool
	form             data.Form
	n                int
	stays            Stay
	heap             []data.Ballot
	pairs            map[data.Pair]int
}

// byHand are the voices of a meeting.
func (m meeting) byHand() (voices []handVoice) {
	here := slices.DeleteFunc(slices.Clone(m.speakers), func(s speaker) bool { return s.n == 0 })
	if m.session.Form.OneVoice() && (m.order != nil || len(m.pairs) > 0) {
		v := handVoice{session: m.session.ID, village: m.session.Village, form: m.session.Form, mixed: len(here) != 1}
		for _, s := range here {
			v.n += s.n
			if !v.mixed {
				v.group = s.group
			}
		}
		if v.pairs = m.pairs; m.order != nil {
			v.heap = []data.Ballot{m.order}
		}
		if l := len(v.listed()); len(m.pairs) < l*(l-1)/2 {
			v.stays = Incomplete
		} else if v.n == 0 {
			v.stays = Nobody
		}
		return []handVoice{v}
	}
	for _, s := range m.speakers {
		if v := m.voice(s); v.n > 0 || len(v.heap) > 0 {
			voices = append(voices, v)
		}
	}
	return voices
}

func (m meeting) voice(s speaker) handVoice {
	v := handVoice{session: m.session.ID, village: m.session.Village, group: s.group, form: m.session.Form, n: s.n, heap: s.ballots}
	most, sum := len(s.ballots), 0
	for _, n := range s.hands {
		most, sum = max(most, n), sum+n
	}
	if m.session.Form == data.Tally && sum > 0 {
		v.heap = deal(s.hands, max(s.n, most))
	}
	over := most > s.n || m.session.Each > 0 && sum > m.session.Each*s.n
	switch {
	case len(v.heap) == 0:
		v.stays = Silent
	case over && !s.reason:
		v.stays = Unsaid
	case s.n == 0:
		v.stays = Nobody
	}
	return v
}

// deal gives the hands raised for each problem to one person after the other:
// ballots on which all that a person raised a hand for are tied. Whoever raised
// none has a ballot on which nothing stands.
func deal(hands map[data.ID]int, people int) []data.Ballot {
	heap := make([]data.Ballot, people)
	at := 0
	for problem, n := range hands {
		for range n {
			heap[at%people] = append(heap[at%people], data.Choice{Problem: problem, Place: 1})
			at++
		}
	}
	return heap
}

func (v handVoice) listed() map[data.ID]bool {
	listed := map[data.ID]bool{}
	for pair := range v.pairs {
		listed[pair.A], listed[pair.B] = true, true
	}
	return listed
}

func (v handVoice) names(p data.ID) bool {
	return v.listed()[p] || slices.ContainsFunc(v.heap, func(b data.Ballot) bool { return place(b, p) < unlisted })
}

const unlisted = 1 << 20

func place(b data.Ballot, p data.ID) int {
	for _, c := range b {
		if c.Problem == p {
			return c.Place
		}
	}
	return unlisted
}

// above is the share of comparisons between two problems that the first wins; a
// tie is half a win.
func (v handVoice) above(a, b data.ID) *big.Rat {
	halves, all := int64(0), int64(2*len(v.heap))
	for _, ballot := range v.heap {
		halves += int64(1 - cmp.Compare(place(ballot, a), place(ballot, b)))
	}
	if v.form == data.Pairs {
		all = 2
		pair, turned := data.PairOf(a, b)
		listed := v.listed()
		switch n, said := v.pairs[pair]; {
		case said && turned:
			halves = int64(1 - n)
		case said:
			halves = int64(1 + n)
		case listed[a] == listed[b]:
			halves = 1
		case listed[a]:
			halves = 2
		}
	}
	return big.NewRat(halves, all)
}

func (v handVoice) score(p data.ID, among []data.ID) *big.Rat {
	if len(among) == 1 {
		return big.NewRat(1, 1)
	}
	sum := new(big.Rat)
	for _, q := range among {
		if q != p {
			sum.Add(sum, v.above(p, q))
		}
	}
	return sum.Quo(sum, big.NewRat(int64(len(among)-1), 1))
}

// handRound is a round counted by hand.
type handRound struct {
	voices     []handVoice
	problems   []data.ID
	rho        *big.Rat
	population map[stratum]int // every village, sex and band
}

func (r handRound) named() (named []data.ID) {
	for _, p := range r.problems {
		if slices.ContainsFunc(r.voices, func(v handVoice) bool { return v.names(p) }) {
			named = append(named, p)
		}
	}
	return named
}

func (c Cut) takes(v handVoice) bool {
	return (c.Session == nil || *c.Session == v.session) && (c.Village == nil || *c.Village == v.village) &&
		(c.Sex == nil || *c.Sex == v.group.Sex) && (c.Band == nil || *c.Band == v.group.Band) && (c.Tag == nil || *c.Tag == v.group.Tag)
}

// scores are the scores of a view of a cut, none where there is no order.
func (r handRound) scores(view data.View, cut Cut) map[data.ID]*big.Rat {
	return r.scoresBut(view, cut, -1)
}

// scoresBut are the same without one voice, all others weighing what they weigh.
func (r handRound) scoresBut(view data.View, cut Cut, but int) map[data.ID]*big.Rat {
	var heard []handVoice
	out := -1
	for i, v := range r.voices {
		if i == but {
			out = len(heard)
		}
		if cut.takes(v) && v.stays == Counts && !(v.mixed && (cut.Sex != nil || cut.Band != nil || cut.Tag != nil)) {
			heard = append(heard, v)
		}
	}
	scores, total := map[data.ID]*big.Rat{}, new(big.Rat)
	named := r.named()
	for i, v := range heard {
		w := big.NewRat(1, 1)
		switch view {
		case data.People:
			w.SetInt64(int64(v.n))
		case data.Citizens:
			w = r.residents(heard, i, cut)
		}
		if w.Sign() == 0 || i == out {
			continue
		}
		total.Add(total, w)
		for _, p := range named {
			if scores[p] == nil {
				scores[p] = new(big.Rat)
			}
			scores[p].Add(scores[p], new(big.Rat).Mul(w, v.score(p, named)))
		}
	}
	for _, s := range scores {
		s.Quo(s, total)
	}
	return scores
}

// residents is how many residents the i-th voice stands for: its share of its
// stratum, and of the bands of its sex and village that nobody speaks for; none
// in a village where one sex is not heard at all.
func (r handRound) residents(heard []handVoice, i int, cut Cut) *big.Rat {
	home := func(v handVoice) stratum { return stratum{v.village, v.group.Sex, v.group.Band} }
	size := func(v handVoice) *big.Rat { // n / (1 + (n-1) rho)
		one, n := big.NewRat(1, 1), big.NewRat(int64(v.n), 1)
		deff := new(big.Rat).Add(one, new(big.Rat).Mul(new(big.Rat).Sub(n, one), r.rho))
		return n.Quo(n, deff)
	}
	me := home(heard[i])
	if _, lives := r.population[me]; !lives || heard[i].mixed {
		return new(big.Rat)
	}
	all, spoken, siblings := map[data.Sex]int{}, map[data.Sex]int{}, new(big.Rat)
	for s, n := range r.population {
		if s.village != me.village || cut.Sex != nil && *cut.Sex != s.sex || cut.Band != nil && *cut.Band != s.band {
			continue
		}
		all[s.sex] += n
		if slices.ContainsFunc(heard, func(v handVoice) bool { return !v.mixed && home(v) == s }) {
			spoken[s.sex] += n
		}
	}
	for sex, n := range all {
		if n > 0 && spoken[sex] == 0 {
			return new(big.Rat)
		}
	}
	if spoken[me.sex] == 0 {
		return new(big.Rat)
	}
	for _, v := range heard {
		if !v.mixed && home(v) == me {
			siblings.Add(siblings, size(v))
		}
	}
	w := big.NewRat(int64(r.population[me])*int64(all[me.sex]), int64(spoken[me.sex]))
	return w.Mul(w, new(big.Rat).Quo(size(heard[i]), siblings))
}

// tallied is what is simply added up for a problem in a cut.
type tallied struct {
	first            *big.Rat
	mentions, points int
	named, of        int
	ballots, votes   bool
	given            bool
}

func (r handRound) add(p data.ID, cut Cut) (a tallied) {
	a.first = new(big.Rat)
	for _, v := range r.voices {
		if !cut.takes(v) || len(v.heap) == 0 && len(v.pairs) == 0 {
			continue
		}
		a.of++
		if v.names(p) {
			a.named++
		}
		if v.form.OneVoice() {
			continue
		}
		a.votes = true
		for _, b := range v.heap {
			if at := place(b, p); at < unlisted {
				a.mentions++
				if at == 1 && v.form != data.Tally {
					a.first.Add(a.first, big.NewRat(1, int64(tied(b, 1))))
				}
			}
			for _, c := range b {
				a.given = a.given || c.Points != 0
				if c.Problem == p {
					a.points += c.Points
				}
			}
		}
		a.ballots = a.ballots || v.form != data.Tally
	}
	return a
}

// tied is the number of problems in a place of a ballot.
func tied(b data.Ballot, place int) (n int) {
	for _, c := range b {
		if c.Place == place {
			n++
		}
	}
	return n
}

// rows are the population as the package wants it.
func (r handRound) rows() (rows []data.Population) {
	for s := range maps.Keys(r.population) {
		rows = append(rows, data.Population{Village: s.village, Sex: s.sex, Band: s.band, People: r.population[s]})
	}
	return rows
}
