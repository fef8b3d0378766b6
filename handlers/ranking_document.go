package handlers

import (
	"fmt"
	"strings"

	"ashar/data"
	"ashar/data/export"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// Document writes down a ranking of a round in a language, for others to use.
// The zero cut is the whole round, the zero By no break-down.
func (c *Counted) Document(l *lang.Lang, municipality data.Municipality, view data.View, cut rank.Cut, by rank.By) export.Document {
	name, _ := municipality.Name.In(l.Code())
	in := export.Input{Municipality: name, Round: c.Round.Name, Of: cutLabel(l, c, cut), View: view, Rule: c.Round.Rule,
		All: *c.Ranking(view, cut), By: by,
		Title:   func(id data.ID) string { return c.title(l, id) },
		Source:  func(id data.ID) string { return c.Problems[id].Source },
		Village: func(id data.ID) string { return c.village(l, id) },
		Tag:     func(key string) string { return tagName(l, c.Round.Scheme, key) },
		Collate: strings.Compare, // the same order in every language and every program
	}
	if view == data.Citizens {
		in.Notes = c.residentNotes(l, c.Ranking(view, cut))
	}
	if by != (rank.By{}) {
		in.Parts = c.Parts(view, cut, by)
	}
	return export.NewDocument(in)
}

// ParseBy reads what to break a ranking down by, as in "sex,band".
func ParseBy(words string) (by rank.By, err error) {
	for word := range strings.SplitSeq(words, ",") {
		switch strings.TrimSpace(word) {
		case "":
		case "sex":
			by.Sex = true
		case "band":
			by.Band = true
		case "village":
			by.Village = true
		case "tag":
			by.Tag = true
		default:
			return by, fmt.Errorf("a ranking cannot be broken down by %q: %w", word, data.ErrInvalid)
		}
	}
	return by, nil
}

// Everybody is the cut that leaves nobody out.
var Everybody rank.Cut
