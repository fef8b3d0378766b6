package rank

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// looked are things that a worked example expects, and the test that compares
// them.
type looked struct {
	test func(*testing.T)
	what string
}

// examples are the worked examples and all that is compared of them. What is
// expected of small cells is compared where they are made.
func examples() map[string][]looked {
	return map[string][]looked{
		"bootstrap-exact-27":       {{TestVectorOfAllDraws, "midrank_counts_of_27 P_first P_top2"}, {TestVectorOfTheMeanOfAllDraws, "mean"}},
		"borda-1781":               {{TestVectorsOfBorda, "plurality borda0"}, {TestVectorsOfMethods, "pairwise condorcet_winner"}, {TestVectorOfPointsFromOne, "borda1"}},
		"borda-truncated-ties":     {{TestVectorOfTruncatedAndTiedBallots, "average order_average"}, {TestVectorOfOtherConventions, "pessimistic_tail_zero modified_emerson symmetric order_pessimistic order_modified"}},
		"bradley-terry-l2":         {{TestVectorOfBradleyAndTerry, "theta"}},
		"cell-suppression":         {{nil, "primary audit_primary_only two_per_line_pattern audit_two_per_line safe_pattern_adds audit_safe"}},
		"clone-borda":              {{TestVectorOfADuplicate, "borda0_before borda0_after"}, {TestVectorOfADuplicateByOtherMethods, "schulze_after kemeny_after kemeny_score_after"}},
		"common-scale":             {{TestVectorOfTheCommonScale, "score sum pra_scores consensus_scores"}},
		"condorcet-81":             {{TestVectorsOfBorda, "plurality borda0"}, {TestVectorsOfMethods, "condorcet_winner kemeny_ranking kemeny_score"}},
		"cycle-3":                  {{TestVectorsOfBorda, "borda0"}, {TestVectorsOfMethods, "condorcet_winner kemeny_score kemeny_distance kemeny_optimal_count schulze_tiers"}},
		"design-effect":            {{TestVectorOfEffectiveSize, "n_eff"}},
		"eijk-2001":                {{TestVectorOfAgreementOnAScale, "A layers"}},
		"group-informed-consensus": {{TestVectorOfGroupInformedConsensus, "polis_product polis_2of2 reddwarf_effective_2of2_laplace geometric_mean_jeffreys"}},
		"ipf-wikipedia":            {{TestVectorOfRaking, "after_3_row_col_cycles_2dp converged"}},
		"kendall-w-16":             {{TestVectorsOfConcordance, "rank_sums S W friedman_chi2 exact_p exact_tail_by_friedman_chi2"}},
		"kendall-w-1948":           {{TestVectorsOfConcordance, "rank_sums S W W_uncorrected W_published"}},
		"kyrgyz-assemblies":        {{TestVectorOfWhoWouldHaveToChange, "rank_sets switchers_to_flip_first one_sided_p_first_over_second"}},
		"leik-entropy-consensus":   {{TestVectorOfOtherMeasuresOfAgreement, "leik entropy_bits consensus polarization"}},
		"mes-lackner-skowron":      {{TestVectorOfEqualShares, "plain completed_by_phragmen left_per_voter_after_a"}},
		"mes-village":              {{TestVectorOfTheVillagesBudget, "votes greedy_by_votes mes_plain mes_rounds mes_census_weighted_plain mes_census_weighted_rounds"}},
		"pra-circular-triads":      {{TestVectorOfCircularTriads, "case1 case2 case3"}},
		"rank-sets-maxt":           {{TestVectorOfMaxTSets, "T_sorted alpha0.10 alpha0.25"}},
		"rank-sets-multinomial":    {{TestVectorOfFirstSets, "holm bonferroni_case1"}},
		"rank-sets-pairwise":       {{TestVectorOfPairSets, "rank_sets one_sided_p"}},
		"ranked-pairs-45":          {{TestVectorOfRankedPairs, "locked skipped ranking"}},
		"rbo-webber":               {{TestVectorOfRankBiasedOverlap, "average_overlap_by_depth average_overlap_published_3dp rbo_min_identical7_p0.9 rbo_ext_swap_first_two_p0.9 weight_of_top_d"}},
		"schulze-45":               {{TestVectorOfSchulzesChains, "pairwise strongest_paths_winning_votes ranking condorcet_winner"}},
		"spearman-iq-tv":           {{TestVectorOfSpearman, "rho"}},
		"tennessee":                {{TestVectorsOfBorda, "plurality borda0"}, {TestVectorsOfMethods, "pairwise condorcet_winner copeland schulze kemeny_ranking kemeny_score"}, {TestVectorOfTheCapitalByOtherMethods, "ranked_pairs irv_winner"}},
		"village-end-to-end": {
			{TestVectorOfTheVillage, "group_scores raw_first_choices pooled_score equal_group_score census_score women_score men_score"},
			{TestVectorOfAVillageByOtherMethods, "raw_condorcet_winner raw_kemeny_first census_pairwise_share census_condorcet_winner census_schulze_tiers"},
			{TestVectorOfTheVillagesOrders, "census_order women_order men_order identity"},
			{TestVectorOfTheVillagesFirstChoices, "census_first_choices_people"},
			{TestVectorOfTheVillagesBestOrders, "census_kemeny_optima"},
			{TestVectorOfTheVillageInDiscord, "kendall_w kendall_w_chi2 tau_b_women_men spearman_women_men"},
			{TestVectorOfTheGapBetweenWomenAndMen, "gap_women_minus_men between_group_sd"},
			{TestVectorOfTheVillageWithoutEachGroup, "leave_one_group_out_midranks"},
			{TestVectorOfLeavingOneGroupOut, "rank_range_over_loo n_eff_kish"},
			{TestVectorOfTheVillagesFirstThree, "top3_counts"},
			{TestVectorOfTheVillagesConsensus, "group_informed_consensus_geom_jeffreys"},
		},
	}
}

// TestEveryWorkedExampleIsReadWhole fails for an example that no test reads, and
// for a thing that one expects and no test compares.
func TestEveryWorkedExampleIsReadWhole(t *testing.T) {
	var readable struct{}
	vector(t, "village-end-to-end", &readable) // or skipped, as the examples are
	files, err := filepath.Glob(filepath.Join(os.Getenv("ASHAR_TEST_DATA"), "design", "vectors", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	left := examples()
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		tests, ok := left[name]
		if !ok {
			t.Errorf("no test reads %s", name)
		}
		delete(left, name)
		var v struct{ Expected map[string]json.RawMessage }
		vector(t, name, &v)
		for _, c := range tests {
			for _, key := range strings.Fields(c.what) {
				if _, ok := v.Expected[key]; !ok {
					t.Errorf("%s expects no %s, which is compared", name, key)
				}
				delete(v.Expected, key)
			}
			if c.test == nil && !readBesides(t, name) {
				t.Errorf("data/cell does not read %s", name)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v.Expected)) {
			t.Errorf("%s expects %s, which no test compares", name, key)
		}
	}
	for name := range left {
		t.Errorf("the example %s is gone", name)
	}
}

// readBesides tells whether the package of small cells reads the example.
func readBesides(t *testing.T, name string) bool {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "cell", "vector_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(b, []byte(`vector(t, "`+name+`", `))
}
