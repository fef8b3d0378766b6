package chart

import (
	"math/big"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestMarksThatLookAlikeAreOneShape(t *testing.T) {
	d := Drawing{}
	d.line("guide", 1, 2, 3, 4)
	d.line("guide", 5, 6, 7, 8)
	d.line("axis", 0, 0, 0, 9)
	if got := d.LineShapes(); len(got) != 2 || got[0].Path != "M1 2L3 4M5 6L7 8" || got[1].Class != "axis" {
		t.Errorf("lines: %+v", got)
	}
	d.Rects = []Rect{{1, 2, 30, 4, "b", "", ""}, {0, 0, 1, 1, "a", "blank", ""}, {5, 6, 30, 4, "b", "", ""}, {7, 8, 1, 1, "b", "", "titled"}}
	d.byLook()
	got := d.RectShapes()
	if len(got) != 3 || got[0].Pattern != "blank" || got[1].Path != "M1 2h30v4h-30zM5 6h30v4h-30z" || got[2].Title != "titled" {
		t.Errorf("rectangles: %+v", got)
	}
	d.Texts = []Text{{X: 1, Y: 9, Text: "one"}, {X: 0, Y: 9, Text: "1", Class: "mark"}, {X: 2, Y: 9, Text: "two"}, {X: 3, Y: 9, Text: "…", Title: "three"}, {X: 4, Y: 10, Text: "four"}}
	groups := d.TextGroups()
	if len(groups) != 2 || len(groups[0].Rows) != 3 || groups[1].Class != "mark" {
		t.Fatalf("texts: %+v", groups)
	}
	if rows := groups[0].Rows; len(rows[0].More) != 1 || rows[0].More[0].Text != "two" || rows[1].First.Title != "three" || rows[2].First.Text != "four" {
		t.Errorf("texts: %+v", rows)
	}
}

func TestScoresAreRoundedAsTheExactOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(-2000, 2000).Draw(t, "whole") // often half way between two numbers
		score := new(big.Rat).Add(big.NewRat(whole, 2000), big.NewRat(rapid.Int64Range(-1, 1).Draw(t, "off"), rapid.Int64Range(1, 1<<62).Draw(t, "of")))
		for digits := range 5 {
			f, _ := new(big.Rat).Mul(score, big.NewRat(100, 1)).Float64()
			want, err := strconv.ParseFloat(strconv.FormatFloat(f, 'f', digits, 64), 64)
			if got := rounded(score, digits); err != nil || got != want {
				t.Fatalf("%v with %d digits is %v, want %v", score, digits, got, want)
			}
		}
	})
}
