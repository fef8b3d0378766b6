package handlers

import (
	"ashar/data"
	"ashar/templates/lang"
)

// ruleTyped is a round's rule in the words of its form.
type ruleTyped struct {
	Rho      string
	Settings []ruleSetting
	Sent     bool // somebody has typed it
	Open     bool // the settings are unfolded
}

// ruleSetting is one of the settings for those who know.
type ruleSetting struct{ Field, Value string }

// ruleFields are the settings for those who know, the most telling first, each
// with as many decimals as it is written with.
var ruleFields = []struct {
	name   string
	digits int
	of     func(*data.Rule) *float64 // nil for the one that counts people
}{
	{"least", 0, nil},
	{"differ", 2, func(r *data.Rule) *float64 { return &r.Differ }},
	{"contested", 2, func(r *data.Rule) *float64 { return &r.Contested }},
	{"level", 2, func(r *data.Rule) *float64 { return &r.Level }},
	{"trim", 1, func(r *data.Rule) *float64 { return &r.Trim }},
}

// ruleOf writes a rule out.
func ruleOf(l *lang.Lang, r data.Rule) (t ruleTyped) {
	t.Rho = l.Decimal(r.Rho, 2)
	for _, f := range ruleFields {
		x := float64(r.Least)
		if f.of != nil {
			x = *f.of(&r)
		}
		t.Settings = append(t.Settings, ruleSetting{f.name, l.Decimal(x, f.digits)})
	}
	return t
}

// ruleTyped is the rule as it was typed.
func (f *form) ruleTyped() ruleTyped {
	t := ruleTyped{Rho: f.text("rho"), Sent: true}
	for _, field := range ruleFields {
		t.Settings = append(t.Settings, ruleSetting{field.name, f.text(field.name)})
	}
	return t
}

// rule reads a rule. A setting for those who know that is left empty is the
// usual one.
func (f *form) rule() data.Rule {
	r := data.DefaultRule(data.View(f.line("view")))
	r.Rho = f.decimal("rho")
	for _, field := range ruleFields {
		switch {
		case f.line(field.name) == "":
		case field.of == nil:
			r.Least = f.number(field.name)
		default:
			*field.of(&r) = f.decimal(field.name)
		}
	}
	return r
}

// ruleWrong tells whether one of the settings for those who know has a fault:
// they are unfolded then.
func ruleWrong(bad []data.Bad) bool {
	for _, b := range bad {
		for _, field := range ruleFields {
			if _, wrong := b[field.name]; wrong {
				return true
			}
		}
	}
	return false
}
