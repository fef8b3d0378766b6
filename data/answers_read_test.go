package data

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// drawAnswers are any answers at all.
func drawAnswers(t *rapid.T, depth int) Answers {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "Көчө жарыгы", "<script>&\u2028", `a"b\c`, "\x00", "\U0001f9f1"}))
	name := rapid.SampledFrom([]string{"a", "needs", "тил", `q"`})
	answers := Answers{}
	for range rapid.IntRange(0, 4).Draw(t, "answers") {
		a := Answer{Said: Said(rapid.SampledFrom([]string{"", "empty", "refused"}).Draw(t, "said")), Text: text.Draw(t, "text")}
		a.Picks = rapid.SliceOfN(text, 0, 3).Draw(t, "picks")
		for range rapid.IntRange(0, 3).Draw(t, "ranks") {
			a.Ranks = append(a.Ranks, rapid.SliceOfN(text, 0, 2).Draw(t, "tier"))
		}
		a.Points = rapid.MapOfN(name, rapid.Int(), 0, 2).Draw(t, "points")
		a.Cells = rapid.MapOfN(name, text, 0, 2).Draw(t, "cells")
		a.Shown = rapid.SliceOfN(text, 0, 2).Draw(t, "shown")
		if depth > 0 {
			for range rapid.IntRange(0, 2).Draw(t, "rows") {
				a.Rows = append(a.Rows, drawAnswers(t, depth-1))
			}
		}
		answers[name.Draw(t, "name")] = a
	}
	return answers
}

func TestAnswersAreWrittenAndReadAsPackageJSONDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := drawAnswers(t, 2)
		text, err := json.Marshal(answers)
		if err != nil {
			t.Fatal(err)
		}
		if written := appendAnswers(nil, answers); string(written) != string(text) {
			t.Fatalf("written as %s\npackage json writes %s", written, text)
		}
		var want Answers
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		got, ok := readAnswers(string(text))
		if !ok || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s\nread %v %#v\nwanted %#v", text, ok, got, want)
		}
	})
}

func FuzzAnswersAreReadAsPackageJSONDoes(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":{"q":"empty"}}`, `{"a":{"r":[["x"],["y","z"]],"p":{"x":3},"i":[{"b":{"t":"\u003c"}}]}}`, `{"a":{"t":"x"}`, `{"a":{"t":"x"}} `, `null`, `{"a":{"p":{"x":1e3}}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, ok := readAnswers(string(text))
		if !ok {
			return // package json reads it, or says what is wrong
		}
		var want Answers
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatalf("%q is read, but %v", text, err)
		}
		again, _ := json.Marshal(got)
		same, _ := json.Marshal(want)
		if string(again) != string(same) {
			t.Fatalf("%q\n%s\n%s", text, again, same)
		}
	})
}

func BenchmarkReadAnswers(b *testing.B) {
	text := []byte(`{"age":{"t":"34"},"band":{"t":"18-28"},"beans":{"p":{"a":3,"b":5}},"fruit":{"t":"a"},"fruits":{"c":["a","c"]},"grid":{"m":{"a":"good","b":"bad"}},"more":{"t":"Жол оңдолсо"},"needs":{"r":[["01a20ca2-9d26-716e-a399-4c569d418bed"],["01a20ca2-9d26-716e-a399-4c569d418bee"],["01a20ca2-9d26-716e-a399-4c569d418bef"]]},"sex":{"t":"female"},"village":{"t":"01a20ca2-9d26-716e-a399-4c569d418bef"}}`)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if _, ok := readAnswers(string(text)); !ok {
				b.Fatal("not read")
			}
		}
	})
	answers, _ := readAnswers(string(text))
	b.Run("ours, written", func(b *testing.B) {
		for b.Loop() {
			appendAnswers(nil, answers)
		}
	})
	b.Run("json, written", func(b *testing.B) {
		for b.Loop() {
			if _, err := json.Marshal(answers); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			var a Answers
			if err := json.Unmarshal(text, &a); err != nil {
				b.Fatal(err)
			}
		}
	})
}
