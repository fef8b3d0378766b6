package data

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestAWrongDigitIsNoSheet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 999999).Draw(t, "n")
		number := SheetNumber(n)
		if got, ok := ReadSheet(number[:len(number)-1] + " - " + number[len(number)-1:]); !ok || got != n {
			t.Fatalf("%s is read as %d, %v", number, got, ok)
		}
		at := rapid.IntRange(0, len(number)-1).Draw(t, "at")
		wrong := []byte(number)
		wrong[at] = '0' + (wrong[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if got, ok := ReadSheet(string(wrong)); ok {
			t.Fatalf("%s for %s is read as %d", wrong, number, got)
		}
		if at > 0 && number[at] != number[at-1] {
			swapped := []byte(number)
			swapped[at], swapped[at-1] = swapped[at-1], swapped[at]
			if got, ok := ReadSheet(string(swapped)); ok {
				t.Fatalf("%s for %s is read as %d", swapped, number, got)
			}
		}
	})
}

func TestWhatIsNoNumberIsNoSheet(t *testing.T) {
	for _, typed := range []string{"", "0", "00", "x", "12a", "-", "1.5", "999999999999999999999", "٣٤", "0" + SheetNumber(5)} {
		if n, ok := ReadSheet(typed); ok {
			t.Errorf("%q is read as %d", typed, n)
		}
	}
	if n, ok := ReadSheet(SheetNumber(71)); !ok || n != 71 || SheetNumber(71)[:2] != strconv.Itoa(71) {
		t.Errorf("71 is %s and read as %d", SheetNumber(71), n)
	}
}
