package handlers

import (
	"crypto/sha256"
	"net/url"
	"strconv"
	"strings"

	"ashar/data"
	"ashar/templates/lang"
)

// paperForm is the sheet as it came from the browser.
type paperForm = url.Values

// paper is a sheet on its way to or from the page. Each field has one name, by
// which both find it:
//
//	here.GROUP            people of a group
//	tally.PROBLEM.GROUP   its hands or stones
//	row.N.group           whose ballot the N-th is
//	row.N.PROBLEM         a place or score on it
//	pair.A.B, why.A.B     what the group said of a pair, and why
//	place.PROBLEM         a place in the agreed order
//
// and "was." before the name is what stood there when the page was drawn: only
// what was changed since is written down.
type paper struct {
	t     *sitting
	l     *lang.Lang
	typed paperForm
	bad   data.Bad
	blank bool // nothing of what stands on the sheet is shown
}

// value is what was typed into a field, and what stood there.
func (p *paper) value(name string) (value, was string) {
	return strings.Join(strings.Fields(data.Clean(p.typed.Get(name))), " "), p.typed.Get("was." + name)
}

// changed is what was typed into a field; false where it says what it said.
func (p *paper) changed(name string) (string, bool) {
	value, was := p.value(name)
	return value, value != was
}

// number reads a whole number from least to most; an empty field is least. What
// cannot be read is noted beside its field, whose place on the sheet is where.
func (p *paper) number(name, text string, least, most int, where string) int {
	if text == "" {
		return least
	}
	n, err := strconv.Atoi(strings.ReplaceAll(text, " ", ""))
	if err != nil || n < least || n > most {
		p.bad.Add(name, "paper.wrong", "where", where, "min", least, "max", most)
	}
	return n
}

// entries are what the sheet writes down, each with an ID of its own, made of
// the form's: the same sheet sent twice is written down once.
func (p *paper) entries(base data.Entry) (entries []data.Entry) {
	if shut := p.t.Shut(p.t.Round); shut != "" {
		p.bad.Add("", shut)
		return nil
	}
	seen, err := data.ParseID(p.typed.Get("seen"))
	if err != nil {
		p.bad.Add("", "error.choose")
	}
	add := func(name string, e data.Entry) {
		e.ID, e.Session, e.By, e.Made, e.Received = derived(base.ID, name), base.Session, base.By, base.Made, base.Received
		if e.Kind == data.PresenceCount || e.Kind == data.TallyCount {
			e.Seen = seen
		}
		for _, fault := range e.Check(p.t.Session, p.t.Round) {
			p.bad.Add(name, fault.Key, fault.Args...)
		}
		entries = append(entries, e)
	}
	p.readPresence(add)
	switch p.t.Form {
	case data.Tally:
		p.readTally(add)
	case data.Ballots, data.Scores:
		p.readPersons(add)
	case data.Pairs:
		p.readPairs(add)
	case data.Order:
		p.readOrder(add)
	}
	return entries
}

// derived is the ID of a part of what id names: of the same moment, and always
// the same.
func derived(id data.ID, part string) data.ID {
	sum := sha256.Sum256(append(id[:], part...))
	copy(id[6:], sum[:])
	id[6] = 0x70 | id[6]&0x0f
	id[8] = 0x80 | id[8]&0x3f
	return id
}

// adder takes an entry and the name of the field it came from.
type adder func(name string, e data.Entry)

func (p *paper) readPresence(add adder) {
	for _, g := range p.t.paperGroups(true) {
		name := "here." + groupKey(g)
		text, changed := p.changed(name)
		if !changed {
			continue
		}
		n := p.number(name, text, 0, data.MaxCount, p.t.groupName(p.l, g))
		add(name, data.Entry{Kind: data.PresenceCount, Group: g, N: n})
	}
}

func (p *paper) readTally(add adder) {
	for _, problem := range p.t.Sheet.Problems {
		for _, g := range p.t.paperGroups(true) {
			name := "tally." + problem.String() + "." + groupKey(g)
			text, changed := p.changed(name)
			if !changed {
				continue
			}
			n := p.number(name, text, 0, data.MaxCount, p.t.title(p.l, problem)+" · "+p.t.groupName(p.l, g))
			add(name, data.Entry{Kind: data.TallyCount, Group: g, Problem: problem, N: n})
		}
	}
}

// readPersons reads the rows of people, of whom only those count who named
// something.
func (p *paper) readPersons(add adder) {
	most := max(1, len(p.t.Sheet.Problems))
	if p.t.Form == data.Scores {
		most = 5
	}
	for row := 1; row <= rowsOf(p.typed); row++ {
		prefix := "row." + strconv.Itoa(row) + "."
		var choices []data.Choice
		for _, problem := range p.t.Sheet.Problems {
			name := prefix + problem.String()
			if text, _ := p.value(name); text != "" {
				n := p.number(name, text, 1, most, strconv.Itoa(row)+" · "+p.t.title(p.l, problem))
				choices = append(choices, data.Choice{Problem: problem, Place: n, Points: n})
			}
		}
		if len(choices) == 0 {
			continue
		}
		g, ok := parseGroup(p.typed.Get(prefix + "group"))
		if !ok {
			p.bad.Add(prefix+"group", "paper.group", "row", row)
			continue
		}
		add(prefix+"group", data.Entry{Kind: data.Cast, Group: g, Ballot: newBallot(p.t.Session, choices)})
	}
}

// readPairs reads what was said of each pair, and why. A reason without an
// answer is an answer forgotten.
func (p *paper) readPairs(add adder) {
	problems := p.t.Sheet.Problems
	for i, a := range problems {
		for _, b := range problems[i+1:] {
			tail := a.String() + "." + b.String()
			answer, changed := p.changed("pair." + tail)
			reason, rethought := p.changed("why." + tail)
			if !changed && !rethought {
				continue
			}
			n, err := strconv.Atoi(answer)
			if err != nil {
				p.bad.Add("pair."+tail, "paper.pair", "where", p.t.title(p.l, a)+" · "+p.t.title(p.l, b))
				continue
			}
			add("pair."+tail, data.Entry{Kind: data.Compare, Problem: a, Other: b, N: n, Text: reason})
		}
	}
}

func (p *paper) readOrder(add adder) {
	var choices []data.Choice
	different := false
	for _, problem := range p.t.Sheet.Problems {
		name := "place." + problem.String()
		text, changed := p.changed(name)
		different = different || changed
		if text != "" {
			n := p.number(name, text, 1, len(p.t.Sheet.Problems), p.t.title(p.l, problem))
			choices = append(choices, data.Choice{Problem: problem, Place: n})
		}
	}
	if different {
		add("order", data.Entry{Kind: data.Agree, Ballot: newBallot(p.t.Session, choices)})
	}
}
