package export

import (
	"cmp"
	"encoding/json"
	"io"
	"math/big"
	"slices"

	"ashar/data"
	"ashar/data/rank"
)

// Words says a key of package lang in somebody's language.
type Words func(key string, args ...any) string

// Document is a ranking for others to use. Its JSON is a promise: names stay,
// what is not defined is null.
type Document struct {
	Municipality string          `json:"municipality"`
	Round        string          `json:"round"`
	View         data.View       `json:"view"`
	Method       string          `json:"method"`
	N            int             `json:"n"`
	Residents    *Residents      `json:"residents"` // of the view of all residents only
	Problems     []RankedProblem `json:"problems"`

	Of    string    `json:"-"` // the part of the round it is of, in words; empty for all of it
	Rule  data.Rule `json:"-"` // how groups are merged in this round
	By    rank.By   `json:"-"` // what groups are told apart by
	Notes []string  `json:"-"` // Residents in words
}

// RankedProblem is a problem and where it stands, with everybody and in each
// group.
type RankedProblem struct {
	ID     data.ID `json:"id"`
	Title  string  `json:"title"`
	Source *string `json:"source_id"` // the id of the file it was imported from
	Standing
	Groups []RankedGroup `json:"groups,omitzero"`
}

// RankedGroup is where a problem stands in one group. Only what the document is
// broken down by is there.
type RankedGroup struct {
	Sex     *string `json:"sex,omitempty"`
	Band    *string `json:"band,omitempty"`
	Village *string `json:"village,omitempty"`
	Tag     *string `json:"tag,omitempty"` // its key
	N       int     `json:"n"`
	Standing
	tagName string // what people call the tag
}

// Standing is where a problem stands.
type Standing struct {
	Rank     *int     `json:"rank"`
	Tied     bool     `json:"tied"`
	Score    *float64 `json:"score"`
	First    *float64 `json:"first"`
	Mentions *int     `json:"mentions"`
	Points   *int     `json:"points"`
}

// Input is a counted ranking, and what its ids are called.
type Input struct {
	Municipality, Round string

	Of    string
	View  data.View
	Rule  data.Rule
	All   rank.Ranking
	Notes []string // how the view of all residents was reached, in words
	By    rank.By
	Parts []rank.Part // All broken down by By

	Title   func(problem data.ID) string
	Source  func(problem data.ID) string // empty where there is none
	Village func(data.ID) string
	Tag     func(key string) string
	Collate func(a, b string) int // orders titles of one rank
}

// method is the rule that scores are counted by.
const method = "average_borda"

// NewDocument writes down a ranking: by rank, problems of one rank by title,
// those without one last.
func NewDocument(in Input) Document {
	d := Document{
		Municipality: in.Municipality, Round: in.Round, View: in.View, Method: method, N: in.All.N,
		Of: in.Of, Rule: in.Rule, By: in.By, Notes: in.Notes, Problems: []RankedProblem{},
	}
	if in.View == data.Citizens {
		d.Residents = in.residents()
	}
	var parts []map[data.ID]rank.Place
	for _, p := range in.Parts {
		places := make(map[data.ID]rank.Place, len(p.Ranking.Places))
		for _, place := range p.Ranking.Places {
			places[place.Problem] = place
		}
		parts = append(parts, places)
	}
	for _, place := range in.All.Places {
		p := RankedProblem{ID: place.Problem, Title: in.Title(place.Problem), Standing: standing(place)}
		if source := in.Source(place.Problem); source != "" {
			p.Source = &source
		}
		if in.By != (rank.By{}) {
			p.Groups = []RankedGroup{}
		}
		for i, part := range in.Parts {
			g := in.group(part.Cut)
			g.N, g.Standing = part.Ranking.N, standing(parts[i][place.Problem])
			p.Groups = append(p.Groups, g)
		}
		d.Problems = append(d.Problems, p)
	}
	slices.SortStableFunc(d.Problems, func(a, b RankedProblem) int {
		return cmp.Or(byRank(a.Rank, b.Rank), in.Collate(a.Title, b.Title))
	})
	return d
}

// byRank orders ranks, none of them last.
func byRank(a, b *int) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*a, *b)
}

func standing(p rank.Place) Standing {
	s := Standing{Tied: p.Tied, Score: nearest(p.Score), First: nearest(p.First), Mentions: p.Mentions, Points: p.Points}
	if p.Rank > 0 {
		s.Rank = &p.Rank
	}
	return s
}

// nearest is the float64 nearest to a fraction.
func nearest(r *big.Rat) *float64 {
	if r == nil {
		return nil
	}
	f, _ := r.Float64()
	return &f
}

// group writes the parts of a cut that the document is broken down by.
func (in Input) group(c rank.Cut) (g RankedGroup) {
	if in.By.Sex && c.Sex != nil {
		key := c.Sex.Key()
		g.Sex = &key
	}
	if in.By.Band && c.Band != nil {
		key := c.Band.Key()
		g.Band = &key
	}
	if in.By.Village && c.Village != nil {
		name := in.Village(*c.Village)
		g.Village = &name
	}
	if in.By.Tag && c.Tag != nil {
		key := *c.Tag
		if key == "" {
			key = unknown
		} else {
			g.tagName = in.Tag(key)
		}
		g.Tag = &key
	}
	return g
}

// unknown is how documents write what was not said.
const unknown = "unknown"

// JSON writes the document for machines.
func (d Document) JSON(w io.Writer) error { return json.NewEncoder(w).Encode(d) }
