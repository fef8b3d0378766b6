package chart

import (
	"maps"
	"math/big"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// listOf is a ranking of scores out of 100, best first, of the problems 1, 2, ...; equal ones share their place.
func listOf(scores ...int64) (r rank.Ranking) {
	r.N, r.Counted = 40, 40
	for i, s := range scores {
		p := rank.Place{Problem: id(i + 1), Rank: 1, Score: big.NewRat(s, 100)}
		for j, other := range scores {
			if other > s {
				p.Rank++
			}
			p.Tied = p.Tied || i != j && other == s
		}
		r.Places = append(r.Places, p)
	}
	return r
}

func lettered(p data.ID) string { return string(rune('A' + p[15] - 1)) }

func spans(all ...Range) map[data.ID]Range {
	m := map[data.ID]Range{}
	for i, r := range all {
		m[id(i+1)] = r
	}
	return m
}

// honest are the figures of how sure an order is, of everyday and of hostile titles.
func honest(l *lang.Lang) map[string]Figure {
	five := listOf(70, 60, 50, 50, 20)
	left, drawn := spans(Range{1, 1}, Range{2, 2}, Range{3, 5}, Range{3, 5}, Range{3, 5}), spans(Range{1, 2}, Range{1, 2}, Range{3, 4}, Range{3, 5}, Range{4, 5})
	all := []data.ID{id(1), id(2), id(3), id(4), id(5)}
	sides := Sides{Names: [2]string{"Аялдар", "Эркектер"}, Sexes: true, Least: 20}
	plain := map[string]Figure{
		"sure":                  RankedSure(l, lettered, five, Sure{Basis: LeftOut, Ranges: left}, "sure"),
		"ladder":                Ladder(l, lettered, five, Ways{Left: left, Drawn: drawn}, "ladder"),
		"ladder, left out":      Ladder(l, lettered, five, Ways{Left: left}, "ladder-left"),
		"ladder, redrawn":       Ladder(l, lettered, five, Ways{Drawn: drawn}, "ladder-drawn"),
		"ladder, together":      Ladder(l, lettered, five, Ways{Left: left, Together: true}, "ladder-together"),
		"ladder, sure":          Ladder(l, lettered, five, Ways{Left: left, Drawn: left, Together: true}, "ladder-sure"),
		"gaps, untried":         Gaps(l, lettered, []Gap{{Problem: id(1), Scores: [2]*big.Rat{big.NewRat(4, 5), big.NewRat(1, 5)}, Untried: true}, {Problem: id(2), Scores: [2]*big.Rat{big.NewRat(1, 2), big.NewRat(1, 3)}}}, sides, "gaps-untried"),
		"ladder, unknown":       Ladder(l, lettered, five, Ways{}, "ladder-unknown"),
		"ladder, nothing":       Ladder(l, lettered, rank.Ranking{}, Ways{}, "ladder-nothing"),
		"slope":                 Slope(l, lettered, []Column{{"2025", five}, {"2026", listOf(10, 20, 30, 40, 50)}}, "slope"),
		"slope, one":            Slope(l, lettered, []Column{{"2025", five}}, "slope-one"),
		"slope, nothing":        Slope(l, lettered, nil, "slope-nothing"),
		"pairs":                 Pairwise(l, lettered, five, all, func(i, j int) *big.Rat { return big.NewRat(int64(50+10*(j-i)), 100) }, "pairs"),
		"pairs, against":        Pairwise(l, lettered, five, all, half, "pairs-against"),
		"pairs, nothing":        Pairwise(l, lettered, rank.Ranking{}, nil, nil, "pairs-nothing"),
		"multiples":             Multiples(l, lettered, five, []Panel{{Column: Column{"Ак-Муз", five}}, {Column{"Бирдик", five}, "few"}, {Column: Column{"Кара-Суу", listOf(1, 2, 3)}}}, Villages, "multiples"),
		"multiples, all":        Multiples(l, lettered, five, []Panel{{Column: Column{"61+", five}}}, Groups, "multiples-all"),
		"multiples, tied":       Multiples(l, lettered, listOf(50, 50), []Panel{{Column: Column{"Ак-Муз", five}}}, Villages, "multiples-tied"),
		"multiples, nothing":    Multiples(l, lettered, five, nil, Villages, "multiples-nothing"),
		"multiples, none drawn": Multiples(l, lettered, five, []Panel{{Column{"Бирдик", five}, "few"}}, Groups, "multiples-hidden"),
		"gaps":                  Gaps(l, lettered, []Gap{{Problem: id(1), Scores: [2]*big.Rat{big.NewRat(1, 2), big.NewRat(9, 20)}}, {Problem: id(2), Scores: [2]*big.Rat{big.NewRat(1, 10), big.NewRat(9, 10)}, Low: big.NewRat(-9, 10), High: big.NewRat(-7, 10), Contested: true}, {Problem: id(3)}}, sides, "gaps"),
		"gaps, none":            Gaps(l, lettered, []Gap{{Problem: id(1), Scores: [2]*big.Rat{big.NewRat(1, 2), big.NewRat(1, 2)}}, {Problem: id(2), Scores: [2]*big.Rat{big.NewRat(1, 2), big.NewRat(1, 3)}}}, Sides{Names: [2]string{"18–28", "61+"}, Least: 20}, "gaps-none"),
		"gaps, nothing":         Gaps(l, lettered, []Gap{{Problem: id(1)}}, sides, "gaps-nothing"),
	}
	maps.Copy(plain, honestHostile(l))
	return plain
}

// half is how often problem i wins against j, where the later always beats the earlier; one pair was never compared.
func half(i, j int) *big.Rat {
	if i == 3 && j == 4 {
		return nil
	}
	return big.NewRat(int64(50+7*(i-j)%50), 100)
}

// honestHostile are the same figures of many problems with hostile titles.
func honestHostile(l *lang.Lang) map[string]Figure {
	many := crowd(len(hostile)*3, 0)
	ranges := map[data.ID]Range{}
	var problems []data.ID
	var gaps []Gap
	var panels []Panel
	for i, p := range many.Places {
		ranges[p.Problem] = Range{1, len(many.Places)}
		problems = append(problems, p.Problem)
		gaps = append(gaps, Gap{Problem: p.Problem, Scores: [2]*big.Rat{p.Score, big.NewRat(1, 2)}, Low: big.NewRat(-1, 3), High: big.NewRat(1, 1), Contested: i%2 == 0})
		panels = append(panels, Panel{Column{hostile[i%len(hostile)], crowd(20, i)}, []string{"", hostile[1]}[i%2]})
	}
	var cols []Column
	for i := range 9 {
		cols = append(cols, Column{hostile[i], crowd(len(hostile)*3, i)})
	}
	return map[string]Figure{
		"sure, hostile":      RankedSure(l, hostileTitle, many, Sure{Basis: Redrawn, Ranges: ranges}, "sure-hostile"),
		"ladder, hostile":    Ladder(l, hostileTitle, many, Ways{Left: ranges, Drawn: ranges}, "ladder-hostile"),
		"slope, hostile":     Slope(l, hostileTitle, cols, "slope-hostile"),
		"pairs, hostile":     Pairwise(l, hostileTitle, many, problems, half, "pairs-hostile"),
		"multiples, hostile": Multiples(l, hostileTitle, many, panels, Groups, "multiples-hostile"),
		"gaps, hostile":      Gaps(l, hostileTitle, gaps, Sides{Names: [2]string{hostile[0], hostile[1]}, Least: 20}, "gaps-hostile"),
	}
}
