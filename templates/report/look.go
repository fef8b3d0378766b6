package report

import "strings"

// colour is red, green and blue, a byte each.
type colour int32

// Paper: black on white. The colours of the groups are those of the style sheet
// app.css; shapes and patterns carry what they mean too, for a grey printer.
const (
	none    colour = -1
	ink     colour = 0x000000
	soft    colour = 0x333333
	edge    colour = 0x555555
	line    colour = 0x999999
	card    colour = 0xffffff
	accent  colour = 0x8f1d2c
	bad     colour = 0x9f1239
	women   colour = 0x0f766e
	men     colour = 0xb45309
	slate   colour = 0x334155
	unknown colour = 0x6b7280
	stripe  colour = 0xdbeae9 // of the women's bars: the card, with a little of the bar
)

func (c colour) parts() (r, g, b int) {
	return int(c >> 16 & 0xff), int(c >> 8 & 0xff), int(c & 0xff)
}

// look is how a box is filled and edged.
type look struct {
	fill, edge colour
	thick      float64
	dashed     bool
	pattern    pattern
}

// dashes are how long they are and how far apart; 0 of a whole line.
type dashes [2]float64

// stroke is how a line is drawn.
type stroke struct {
	thick  float64
	colour colour
	dashes dashes
}

// pattern is lines from the upper left to the lower right, or dots.
type pattern struct {
	every  float64 // how far apart
	thick  float64
	colour colour
	dots   bool
}

// looks are the classes of rectangles, as in static/chart.css.
var looks = map[string]look{
	"group-all":     {fill: slate, edge: none},
	"group-women":   {fill: women, edge: none},
	"group-men":     {fill: men, edge: none},
	"group-unknown": {fill: unknown, edge: none},
	"blank":         {fill: card, edge: line, thick: .5},
	"unsaid":        {fill: card, edge: line, thick: .5},
	"unheard":       {fill: card, edge: bad, thick: 1.2, dashed: true},
	"level-1":       {fill: 0xeceff3, edge: none}, "all-1": {fill: 0xeceff3, edge: none},
	"level-2": {fill: 0xdde3ea, edge: none}, "all-2": {fill: 0xdde3ea, edge: none},
	"level-3": {fill: 0xc8d1dc, edge: none}, "all-3": {fill: 0xc8d1dc, edge: none},
	"level-4": {fill: 0xb0bccb, edge: none}, "all-4": {fill: 0xb0bccb, edge: none},
	"women-1": {fill: 0xe2f1ef, edge: none}, "men-1": {fill: 0xf7eadb, edge: none},
	"women-2": {fill: 0xcfe8e5, edge: none}, "men-2": {fill: 0xf1dcc0, edge: none},
	"women-3": {fill: 0xa9d6d1, edge: none}, "men-3": {fill: 0xecd0ab, edge: none},
	"women-4": {fill: 0x83c4bd, edge: none}, "men-4": {fill: 0xe4bc86, edge: none},
	"may":     {fill: 0xc8d1dc, edge: slate, thick: .6},
	"other":   {fill: 0xc8d1dc, edge: slate, thick: .6},
	"whisker": {fill: ink, edge: none},
	"against": {fill: none, edge: ink, thick: 1.7}, // over what else the cell is
}

// dots are the classes of dots, of two of them where they mean something together: rings and full
// dots tell the sides apart on a grey printer.
var dots = map[string]look{
	"now":        {fill: slate, edge: card, thick: 1},
	"ring":       {fill: card, edge: slate, thick: 1.7},
	"ring women": {fill: card, edge: women, thick: 1.7},
	"ring all":   {fill: card, edge: slate, thick: 1.7},
	"full":       {fill: slate, edge: none},
	"full men":   {fill: men, edge: none},
	"full all":   {fill: slate, edge: none},
	"on":         {fill: slate, edge: card, thick: .5},
	"on faint":   {fill: line, edge: card, thick: .5},
}

// patterns are those of the part "drawing" of figure.html.
var patterns = map[string]pattern{
	"women":   {every: 4.2, thick: 1.5, colour: stripe},
	"unknown": {every: 3.4, thick: 1, colour: soft, dots: true},
	"blank":   {every: 4.2, thick: .5, colour: line},
}

// lookOf is how a rectangle of a drawing looks, all its classes together. One of
// no class that we know is drawn all the same: a bar in the wrong grey is better
// than no bar.
func lookOf(class, filled string) look {
	all, known := look{fill: none, edge: none}, false
	for name := range strings.FieldsSeq(class) {
		one, ok := looks[name]
		if !ok {
			continue
		}
		known = true
		if one.fill != none {
			all.fill = one.fill
		}
		if one.edge != none {
			all.edge, all.thick, all.dashed = one.edge, one.thick, one.dashed
		}
	}
	if !known {
		all.fill = slate
	}
	all.pattern = patterns[filled]
	return all
}

// dotOf is how a dot of a drawing looks.
func dotOf(class string) look {
	if l, ok := lookUp(dots, class); ok {
		return l
	}
	return look{fill: slate, edge: none}
}

// lookUp finds what the classes of a mark mean together, or else the last of them
// that means something.
func lookUp[L any](of map[string]L, class string) (found L, ok bool) {
	if found, ok = of[class]; ok {
		return found, ok
	}
	for name := range strings.FieldsSeq(class) {
		if one, there := of[name]; there {
			found, ok = one, true
		}
	}
	return found, ok
}

// lettering is how a text of a drawing looks.
type lettering struct {
	small  bool
	bold   bool
	over   bool // over lines, on a piece of white paper
	colour colour
}

// letterings are the classes of texts.
var letterings = map[string]lettering{
	"name":  {},
	"value": {},
	"cell":  {},
	"mark":  {bold: true},
	"side":  {bold: true},
	"total": {bold: true},
	"came":  {bold: true},
	"head":  {small: true, colour: soft},
	"part":  {small: true, colour: soft},
	"sure":  {small: true, colour: soft},
	"bad":   {colour: bad},
	"key":   {},

	"on-mark":    {small: true, over: true},
	"faint-name": {colour: soft},
}

// letteringOf puts the classes of a text together.
func letteringOf(class string) (all lettering) {
	for name := range strings.FieldsSeq(class) {
		one := letterings[name]
		all.small, all.bold, all.over = all.small || one.small, all.bold || one.bold, all.over || one.over
		if one.colour != ink {
			all.colour = one.colour
		}
	}
	return all
}

// strokes are the classes of lines, like those of dots.
var strokes = map[string]stroke{
	"axis":        {thick: .8, colour: edge},
	"guide":       {thick: .5, colour: line},
	"tier":        {thick: 1.1, colour: ink, dashes: dashes{4.5, 2.5}},
	"between":     {thick: 1.1, colour: edge},
	"contested":   {thick: 2.4, colour: ink},
	"slope":       {thick: 1.7, colour: slate},
	"slope fall":  {thick: 1.7, colour: slate, dashes: dashes{5, 2.5}},
	"slope stay":  {thick: .9, colour: slate},
	"slope faint": {thick: .5, colour: line},
}

func strokeOf(class string) stroke {
	if s, ok := lookUp(strokes, class); ok {
		return s
	}
	return stroke{thick: .8, colour: line}
}
