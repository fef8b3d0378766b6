package rank

import (
	"testing"

	"ashar/data"
)

// discord is what the worked example of the village expects of agreement.
type discord struct {
	W         ratio                       `json:"kendall_w"`
	Chi2      float64                     `json:"kendall_w_chi2"`
	Tau       float64                     `json:"tau_b_women_men"`
	Spearman  float64                     `json:"spearman_women_men"`
	Gap       map[string]ratio            `json:"gap_women_minus_men"`
	Consensus map[string]float64          `json:"group_informed_consensus_geom_jeffreys"`
	Spread    map[string]float64          `json:"between_group_sd"`
	Scores    map[string]map[string]ratio `json:"group_scores"`

	Top3 map[string]map[string][2]int `json:"top3_counts"` // of a problem and a group: people naming it, and people
}

// villageRound is the round of the worked example of a village.
func villageRound(t *testing.T) (Round, discord) {
	t.Helper()
	var v struct {
		Input struct {
			Groups map[string]struct {
				N, Census int
				Ballots   []bloc
			}
		}
		Expected discord
	}
	vector(t, "village-end-to-end", &v)
	round := Round{Problems: problems("W R K I L M"), Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"18-35", "36+"}}, Rule: data.Rule{Rho: 0.2}}
	for _, name := range []string{"W18", "W36", "M18", "M36"} {
		g, group := v.Input.Groups[name], villageGroups[name]
		s := data.Session{ID: named(name), Village: num(1), Form: data.Ballots, Top: 3}
		m := meeting{session: s, speakers: []speaker{{group: group, n: g.N, ballots: ballotsOf(g.Ballots)}}}
		round.Voices = append(round.Voices, m.voices(t, nil)...)
		round.Population = append(round.Population, data.Population{Village: num(1), Sex: group.Sex, Band: group.Band, People: g.Census})
	}
	return round, v.Expected
}
