package handlers

import (
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// out lists what is not in the score, so that nothing is dropped silently. The
// view of all residents stands beside the others, and so does what it lacks.
func (v *rankingView) out(l *lang.Lang, counted *Counted, a asked, headline *rank.Ranking) {
	for _, voice := range headline.Out {
		group := groupName(l, counted.Round.Scheme, voice.Group)
		if voice.Mixed {
			group = l.T("ranking.mixed")
		}
		v.Out = append(v.Out, outLine{counted.sitting(l, voice.Session), group, l.T("ranking.stays." + string(voice.Stays))})
	}
	if !slices.Contains(counted.views(), data.Citizens) {
		return
	}
	if residents := counted.Ranking(data.Citizens, a.cut); residents.Reason == "" || a.view == data.Citizens {
		v.Left = counted.residentNotes(l, residents)
		v.Missing = missing(l, residents)
	}
}

// missing is how many kinds of residents nobody heard. All kinds may have been heard
// somewhere, and yet not in every village.
func missing(l *lang.Lang, r *rank.Ranking) string {
	people := 0
	for _, u := range r.Unheard {
		people += u.People
	}
	if people == 0 {
		return ""
	}
	return l.T("ranking.missing", "n", len(r.Unheard), "people", l.T("count.people", "n", people))
}

// residentNotes say how a ranking of all residents was reached: which villages
// it leaves out and why, which of their people nobody heard and who stands in
// for them, and which villages count as a whole.
func (c *Counted) residentNotes(l *lang.Lang, r *rank.Ranking) (lines []string) {
	omitted := map[data.ID]bool{}
	for _, o := range r.Omitted {
		omitted[o.Village] = true
		lines = append(lines, l.T("ranking.omitted."+o.Why, "village", c.village(l, o.Village), "n", o.Came, "groups", c.unheardOf(l, r, o.Village)))
	}
	for i, u := range r.Unheard {
		first := i == 0 || r.Unheard[i-1].Village != u.Village || r.Unheard[i-1].Sex != u.Sex
		if first && !omitted[u.Village] {
			lines = append(lines, c.standIns(l, r, u))
		}
	}
	for _, village := range r.Whole {
		if !omitted[village] {
			lines = append(lines, l.T("ranking.total", "village", c.village(l, village)))
		}
	}
	if r.Unplaced > 0 {
		lines = append(lines, l.T("ranking.unplaced", "n", r.Unplaced))
	}
	return lines
}

// standIns say who of one sex in a village was not heard, and which ages stand
// in for them: they are the same for all of that sex.
func (c *Counted) standIns(l *lang.Lang, r *rank.Ranking, u rank.Unheard) string {
	where := c.village(l, u.Village)
	if u.Sex != data.UnknownSex {
		where += ", " + sexName(l, u.Sex)
	}
	var missing, others []string
	for _, other := range r.Unheard {
		if other.Village == u.Village && other.Sex == u.Sex {
			missing = append(missing, bandName(l, other.Band)+" ("+l.Number(other.People)+")")
		}
	}
	for _, band := range u.For {
		others = append(others, bandName(l, band))
	}
	return l.T("ranking.unheard.others", "where", where, "missing", strings.Join(missing, ", "), "others", strings.Join(others, ", "))
}

// unheardOf names the sexes of a village that were not heard at all, with the
// number of their people.
func (c *Counted) unheardOf(l *lang.Lang, r *rank.Ranking, village data.ID) string {
	people := map[data.Sex]int{}
	for _, u := range r.Unheard {
		if u.Village == village && u.Alone {
			people[u.Sex] += u.People
		}
	}
	var names []string
	for _, sex := range data.Sexes {
		name := l.T("sex.all")
		if sex != data.UnknownSex {
			name = sexName(l, sex)
		}
		if n, ok := people[sex]; ok {
			names = append(names, name+" ("+l.Number(n)+")")
		}
	}
	return strings.Join(names, ", ")
}
