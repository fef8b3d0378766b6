package handlers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ashar/data"
	"ashar/templates/lang"
)

// sexName is a sex as a heading: Women.
func sexName(l *lang.Lang, s data.Sex) string { return l.T("sex." + s.Key()) }

// bandName is a band in figures, for tables: 18–28, 61+, not said.
func bandName(l *lang.Lang, b data.Band) string {
	from, to, err := b.Ages()
	switch {
	case err != nil:
		return l.T("band.unknown")
	case to == openEnd:
		return l.T("band.from", "a", from)
	}
	return l.T("band.range", "a", from, "b", to)
}

// bandYears is a band in words: 18–28 years.
func bandYears(l *lang.Lang, b data.Band) string {
	from, to, err := b.Ages()
	switch {
	case err != nil:
		return l.T("band.unknown.heading")
	case to == openEnd:
		return l.T("band.from.years", "n", from)
	}
	return l.T("band.range.years", "a", from, "n", to)
}

// openEnd is the last age of a band without one.
const openEnd = 150

// groupName is a group in words, with every part that the scheme tells apart:
// Women, 18–28 years.
func groupName(l *lang.Lang, scheme data.Scheme, g data.Group) string {
	if g == (data.Group{}) {
		return l.T("group.unknown.heading")
	}
	var parts []string
	switch {
	case g.Sex != data.UnknownSex:
		parts = append(parts, sexName(l, g.Sex))
	case scheme.Sexes:
		parts = append(parts, l.T("sex.unknown.heading"))
	}
	if g.Band != "" || len(scheme.Bands) > 0 {
		parts = append(parts, within(parts, bandYears(l, g.Band)))
	}
	if tag, ok := scheme.Tag(g.Tag); ok {
		name, _ := tag.Name.In(l.Code())
		parts = append(parts, name)
	}
	return strings.Join(parts, ", ")
}

// within is a heading as it stands after other words: Women, age not said.
func within(before []string, heading string) string {
	first, size := utf8.DecodeRuneInString(heading)
	if len(before) == 0 || size == 0 {
		return heading
	}
	return string(unicode.ToLower(first)) + heading[size:]
}

// groupLabel is a group in the head of a column, as short as it can be: Women,
// 18–28.
func groupLabel(l *lang.Lang, scheme data.Scheme, g data.Group) string {
	var parts []string
	if scheme.Sexes {
		parts = append(parts, sexName(l, g.Sex))
	}
	if g.Band != "" || len(scheme.Bands) > 0 && !(scheme.Sexes && g.Sex == data.UnknownSex) {
		parts = append(parts, bandName(l, g.Band))
	}
	if tag, ok := scheme.Tag(g.Tag); ok {
		name, _ := tag.Name.In(l.Code())
		parts = append(parts, name)
	}
	if len(parts) == 0 {
		return l.T("sex.all")
	}
	return strings.Join(parts, ", ")
}

// groupName is a group as this session calls it: the tag that all its people
// share goes without saying.
func (t *sitting) groupName(l *lang.Lang, g data.Group) string {
	if scheme := t.Round.Scheme; g.Tag == t.Tag && (scheme.Sexes || len(scheme.Bands) > 0) {
		g.Tag = ""
	}
	return groupName(l, t.Round.Scheme, g)
}

// groupClass is the colour of a group.
func groupClass(scheme data.Scheme, g data.Group) string {
	switch {
	case g.Sex == data.Female:
		return "group-women"
	case g.Sex == data.Male:
		return "group-men"
	case scheme.Sexes:
		return "group-unknown"
	}
	return "group-all"
}
