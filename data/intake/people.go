package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"ashar/data"
)

// maxRaw is how many different dirty values a report tells apart.
const maxRaw = 100

// people maps what a file says of its voters to the groups of a scheme, and
// counts what was mapped to what. A value that was met before costs one look-up.
type people struct {
	scheme data.Scheme
	values []value
	seen   map[string]int32 // column, 0, what the file says -> values
	same   map[string]int32 // key, 0, what the report says -> values
	raws   int              // values that show what the file says and mean nothing to us
	tags   map[string]bool  // tags that the scheme lacks
}

// value is one line of the mapping.
type value struct {
	key   string // of the message
	raw   string // as the file has it; empty for ages, which are not kept
	group data.Group
	empty bool // the cell was empty: says nothing, contradicts nothing
	n     int
	line  int // where it was met first
}

func newPeople(scheme data.Scheme) *people {
	return &people{scheme: scheme, seen: map[string]int32{}, same: map[string]int32{}, tags: map[string]bool{}}
}

// of finds or makes the value for what a column says.
func (p *people) of(column, raw string, read func(string) value) int32 {
	raw = strings.TrimSpace(raw)
	var room [64]byte
	at := append(append(room[:0], column...), 0)
	at = append(at, raw...)
	if i, ok := p.seen[string(at)]; ok {
		return i
	}
	v := read(tidy(raw))
	v.empty = raw == "" || v.key == ""
	i := p.keep(v)
	if len(p.seen) < 20*maxRaw {
		p.seen[string(at)] = i
	}
	return i
}

func (p *people) keep(v value) int32 {
	v.raw, _ = cut(strings.Clone(v.raw), 40)
	at := v.key + "\x00" + v.raw + "\x00" + string(v.group.Band) + "\x00" + v.group.Tag
	if i, ok := p.same[at]; ok {
		return i
	}
	if v.raw != "" && v.group == (data.Group{}) {
		if p.raws == maxRaw {
			return p.keep(value{key: "import.mapped.more"})
		}
		p.raws++
	}
	i := int32(len(p.values))
	p.values = append(p.values, v)
	p.same[at] = i
	return i
}

func (p *people) sex(raw string) int32 {
	return p.of("sex", raw, func(raw string) value {
		sex := sexes[strings.ToLower(raw)]
		switch {
		case raw == "":
			return value{key: "import.mapped.sex.empty"}
		case !p.scheme.Sexes:
			return value{key: "import.mapped.sex.unused", raw: raw}
		case sex == data.Female:
			return value{key: "import.mapped.sex.female", raw: raw, group: data.Group{Sex: sex}}
		case sex == data.Male:
			return value{key: "import.mapped.sex.male", raw: raw, group: data.Group{Sex: sex}}
		}
		return value{key: "import.mapped.sex.unknown", raw: raw}
	})
}

// band reads the cells of age and band; a band that the scheme has wins.
func (p *people) band(age, band string) int32 {
	if strings.TrimSpace(band) != "" {
		i := p.of("age", band, p.age)
		if p.values[i].group.Band != "" || strings.TrimSpace(age) == "" {
			return i
		}
	}
	return p.of("age", age, p.age)
}

// age maps years, or a band written out, to a band of the scheme. Years that no
// band holds are not told apart in the report: of an age nothing stays but the
// band. 127 is nobody's age but the largest number in a signed byte, which
// registers write where they have none.
func (p *people) age(raw string) value {
	years, isNumber := whole(raw)
	band := p.scheme.BandOf(years)
	switch {
	case raw == "":
		return value{key: "import.mapped.age.empty"}
	case isNumber && years != 127 && band != "":
		return value{key: "import.mapped.age.band", group: data.Group{Band: band}}
	case isNumber && years >= 0 && years < 127:
		return value{key: "import.mapped.age.outside"}
	case isNumber:
		return value{key: "import.mapped.age.unknown", raw: raw}
	}
	from, to, err := data.Band(strings.NewReplacer("–", "-", " ", "").Replace(raw)).Ages()
	if err == nil {
		for _, b := range p.scheme.Bands {
			if f, t, err := b.Ages(); err == nil && f == from && t == to {
				return value{key: "import.mapped.age.band", group: data.Group{Band: b}}
			}
		}
		if from < to {
			return value{key: "import.mapped.band.unknown", raw: raw}
		}
	}
	if strings.ContainsFunc(raw, unicode.IsDigit) { // a date of birth, perhaps
		return value{key: "import.mapped.age.text"}
	}
	return value{key: "import.mapped.age.unknown", raw: raw}
}

func (p *people) tag(raw string) int32 {
	return p.of("tag", raw, func(raw string) value {
		if nothing(raw) {
			return value{}
		}
		for _, t := range p.scheme.Tags {
			if strings.EqualFold(raw, t.Key) || slices.ContainsFunc(data.Languages, func(l string) bool { return strings.EqualFold(raw, t.Name.Exact(l)) }) {
				return value{key: "import.mapped.tag.known", raw: raw, group: data.Group{Tag: t.Key}}
			}
		}
		if len(p.tags) < maxRaw {
			p.tags[strings.Clone(raw)] = true
		}
		return value{key: "import.mapped.tag.unknown", raw: raw}
	})
}

// group is the group of a voter whose cells have these values.
func (p *people) group(sex, band, tag int32) data.Group {
	return data.Group{Sex: p.values[sex].group.Sex, Band: p.values[band].group.Band, Tag: p.values[tag].group.Tag}
}

// count counts a voter whose cells have these values.
func (p *people) count(line int, cells ...int32) {
	for _, i := range cells {
		v := &p.values[i]
		if v.n++; v.n == 1 || line < v.line {
			v.line = line
		}
	}
}

// report notes what was mapped to what, and warns where K and F may have been
// meant for two sexes.
func (p *people) report(r *Report) {
	letters := map[string]bool{}
	values := slices.Clone(p.values)
	slices.SortFunc(values, func(a, b value) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(string(a.group.Band), string(b.group.Band)), cmp.Compare(b.n, a.n), strings.Compare(a.raw, b.raw))
	})
	for _, v := range values {
		if v.n == 0 || v.key == "" {
			continue
		}
		args := []any{"n", v.n}
		if v.raw != "" {
			args = append(args, "raw", v.raw)
		}
		if v.group.Band != "" {
			args = append(args, "band", string(v.group.Band))
		}
		if v.group.Tag != "" {
			args = append(args, "tag", v.group.Tag)
		}
		r.Mapped.add(v.line, v.key, args...)
		if v.group.Sex != "" {
			letters[string(v.group.Sex)] = true
			letters[strings.ToLower(v.raw)] = true
		}
	}
	if letters["k"] && letters["f"] && !letters[string(data.Male)] {
		r.Warned.add(0, "import.warned.sex")
	}
}

func (p *people) newTags() []string { return slices.Sorted(maps.Keys(p.tags)) }
