package data

import (
	"testing"
	"time"
)

func closing() Event {
	return Event{Municipality: id(7), Seq: 3, At: time.UnixMilli(1789200000123), Account: id(8), Action: "session.close", Subject: id(9), Detail: "Ак-Муз"}
}

// The sums were computed by another program from the description alone, and
// may never change: they are in people's databases.
func TestSumStaysWhatItWas(t *testing.T) {
	if got, want := closing().Sum("abc"), "f9590427874bbff189232edc42cdf8c6e562d074f7c7498888da52135ad14376"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	first := Event{Seq: 1, At: time.UnixMilli(0)}
	if got, want := first.Sum(""), "1d01f1e374ddc41179cfa41b17f49709cbc8db5939573bbd4266aaf64294717f"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	elsewhere := closing()
	elsewhere.At = elsewhere.At.In(time.FixedZone("Bishkek", 6*3600))
	if closing().Sum("abc") != elsewhere.Sum("abc") {
		t.Error("the sum depends on the time zone")
	}
}

func TestNothingCanChangeUnderASum(t *testing.T) {
	sums := map[string]string{closing().Sum("abc"): "as it was", closing().Sum("abd"): "the sum before"}
	for what, change := range map[string]func(*Event){
		"municipality":                         func(e *Event) { e.Municipality = id(6) },
		"number":                               func(e *Event) { e.Seq++ },
		"time":                                 func(e *Event) { e.At = e.At.Add(time.Millisecond) },
		"account":                              func(e *Event) { e.Account = ID{} },
		"action":                               func(e *Event) { e.Action = "session.reopen" },
		"subject":                              func(e *Event) { e.Subject = id(10) },
		"detail":                               func(e *Event) { e.Detail += " " },
		"a letter moved from action to detail": func(e *Event) { e.Action, e.Detail = "session.clos", "eАк-Муз" },
		"account and subject exchanged":        func(e *Event) { e.Account, e.Subject = e.Subject, e.Account },
	} {
		e := closing()
		change(&e)
		sum := e.Sum("abc")
		if other, same := sums[sum]; same {
			t.Errorf("%s: the same sum as %s", what, other)
		}
		sums[sum] = what
	}
}
