package data

// The limits of a rule, in the words of its form.
const (
	minLeast, maxLeast = 3, 20
	minTrim, maxTrim   = 2, 20
	minLevel, maxLevel = 0.5, 0.99
	usualLeast         = 5
)

// DefaultRule is proposed for a new round, with the view that is its headline.
// People of one discussion are not independent voices, hence the rho.
func DefaultRule(view View) Rule {
	return Rule{View: view, Rho: 0.2, Trim: 5, Differ: 0.3, Contested: 0.2, Level: 0.9, Least: usualLeast}
}

// Smallest is the size of the smallest group whose numbers leave the staff. A
// rule that says nothing of it means the usual one, so that nobody's numbers are
// shown for want of a setting.
func (r Rule) Smallest() int {
	if r.Least <= 0 {
		return usualLeast
	}
	return r.Least
}

// check finds what is wrong with a rule as typed. The conditions are turned
// round so that what is no number is refused too.
func (r Rule) check(bad *Bad) {
	within := func(field string, x, least, most float64) {
		if !(x >= least && x <= most) {
			bad.Add(field, "error.range", "min", least, "max", most)
		}
	}
	within("rho", r.Rho, 0, 1)
	if r.Trim != 0 && !(r.Trim >= minTrim && r.Trim <= maxTrim) {
		bad.Add("trim", "round.trim.range", "min", minTrim, "max", maxTrim)
	}
	within("differ", r.Differ, -1, 1)
	within("contested", r.Contested, 0, 1)
	within("level", r.Level, minLevel, maxLevel)
	within("least", float64(r.Least), minLeast, maxLeast)
}
