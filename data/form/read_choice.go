package form

import (
	"slices"
	"strconv"

	"ashar/data"
)

func (r *Run) picks(q *Question, row int, picked []string) ([]string, data.Fault) {
	var picks []string
	for _, c := range r.Choices(q, row) {
		if slices.Contains(picked, c.Name) {
			picks = append(picks, c.Name)
		}
	}
	for _, name := range picked {
		if name != "" && !slices.Contains(picks, name) {
			return nil, data.Fault{Key: "error.choose"}
		}
	}
	if q.Top > 0 && len(picks) > q.Top {
		return picks, data.Fault{Key: "form.many.top", Args: []any{"n", q.Top}}
	}
	return picks, data.Fault{}
}

// ranks reads a place for each choice. Places without a gap are not asked for:
// first and third are an order too.
func (r *Run) ranks(q *Question, row int, values Values) ([][]string, data.Fault) {
	at := map[int][]string{}
	choices := r.Choices(q, row)
	for _, c := range choices {
		typed := values.one(q.Name + "/" + c.Name)
		if typed == "" {
			continue
		}
		place, err := strconv.Atoi(typed)
		if err != nil || place < 1 || place > len(choices) {
			return nil, data.Fault{Key: "error.range", Args: []any{"min", 1, "max", len(choices)}}
		}
		at[place] = append(at[place], c.Name)
		if len(at[place]) > 1 && !q.Ties {
			return nil, data.Fault{Key: "form.rank.twice", Args: []any{"place", place}}
		}
	}
	var tiers [][]string
	named := 0
	for place := 1; place <= len(choices); place++ {
		if tier := at[place]; len(tier) > 0 {
			tiers = append(tiers, tier)
			named += len(tier)
		}
	}
	if q.Top > 0 && named > q.Top {
		return tiers, data.Fault{Key: "form.rank.top", Args: []any{"n", q.Top}}
	}
	return tiers, data.Fault{}
}

func (r *Run) points(q *Question, row int, values Values) (map[string]int, data.Fault) {
	points := map[string]int{}
	total := 0
	for _, c := range r.Choices(q, row) {
		typed := values.one(q.Name + "/" + c.Name)
		if typed == "" {
			continue
		}
		n, err := strconv.Atoi(typed)
		if err != nil || n < 0 || n > q.Points {
			return nil, data.Fault{Key: "error.range", Args: []any{"min", 0, "max", q.Points}}
		}
		if n > 0 {
			points[c.Name] = n
			total += n
		}
	}
	if total > q.Points {
		return points, data.Fault{Key: "form.points.over", Args: []any{"n", q.Points, "given", total}}
	}
	return points, data.Fault{}
}

// Tie is what a pair says that has no preferred choice.
const Tie = "="

// PairsOf are the pairs of the choices, in order.
func PairsOf(choices []Choice) (pairs [][2]Choice) {
	for i := range choices {
		for _, other := range choices[i+1:] {
			pairs = append(pairs, [2]Choice{choices[i], other})
		}
	}
	return pairs
}

func (r *Run) pairs(q *Question, row int, values Values) (map[string]string, data.Fault) {
	cells := map[string]string{}
	for _, pair := range PairsOf(r.Choices(q, row)) {
		a, b := pair[0].Name, pair[1].Name
		said := values.one(q.Name + "/" + a + "/" + b)
		if said == "" { // they stood the other way round in an earlier version
			said = values.one(q.Name + "/" + b + "/" + a)
		}
		switch said {
		case "":
		case a, b, Tie:
			cells[a+" "+b] = said
		default:
			return nil, data.Fault{Key: "error.choose"}
		}
	}
	return cells, data.Fault{}
}

func (r *Run) matrix(q *Question, row int, values Values) (map[string]string, data.Fault) {
	cells := map[string]string{}
	items := r.Choices(q, row)
	for _, item := range items {
		mark := values.one(q.Name + "/" + item.Name)
		if mark == "" {
			continue
		}
		if _, ok := ChoiceOf(r.Form.MarksOf(q), mark); !ok {
			return nil, data.Fault{Key: "error.choose"}
		}
		cells[item.Name] = mark
	}
	if q.Required && len(cells) < len(items) {
		return cells, data.Fault{Key: "form.matrix.all"}
	}
	return cells, data.Fault{}
}
