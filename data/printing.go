package data

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Printing is a number of paper sheets of a survey that were printed at one time,
// each with a number of its own. What is typed in from a sheet is read by the
// version that was printed, whatever became of the survey since.
type Printing struct {
	ID      ID
	Survey  ID
	First   int // the numbers of its sheets, without the check digit
	Last    int
	Version int
	Lang    string
	Purpose string
	Village ID // where they are handed out, zero for anywhere
	By      ID
	Created time.Time
}

// MaxPrinted is how many sheets or codes are printed at one time.
const MaxPrinted = 300

// Sheets is how many they are.
func (p Printing) Sheets() int { return p.Last - p.First + 1 }

// CheckPrinting is what is wrong with sheets or codes asked for.
func CheckPrinting(n int, purpose string) (bad Bad) {
	if n < 1 || n > MaxPrinted {
		bad.Add("n", "error.range", "min", 1, "max", MaxPrinted)
	}
	if purpose == "" {
		bad.Add("purpose", "error.required")
	}
	if utf8.RuneCountInString(purpose) > MaxName {
		bad.Add("purpose", "error.long", "max", MaxName)
	}
	return bad
}

// damm is the table of H. M. Damm: its check digit finds every wrong digit and
// every two that changed places.
var damm = [10]string{"0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"}

// SheetNumber is the number of a sheet as it is printed and typed: the last digit
// checks the others, so that one sheet is not taken for another.
func SheetNumber(n int) string {
	digits := strconv.Itoa(n)
	return digits + string('0'+rune(dammOf(digits)))
}

func dammOf(digits string) (check byte) {
	for _, d := range []byte(digits) {
		check = damm[check][d-'0'] - '0'
	}
	return check
}

// ReadSheet reads the number of a sheet as somebody typed it; false where a digit
// must be wrong.
func ReadSheet(typed string) (n int, ok bool) {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '–' {
			return -1
		}
		return r
	}, typed)
	if len(digits) < 2 || len(digits) > 8 || strings.Trim(digits, "0123456789") != "" || digits[0] == '0' || dammOf(digits) != 0 {
		return 0, false
	}
	n, err := strconv.Atoi(digits[:len(digits)-1])
	return n, err == nil
}

// Retyping is a session's paper sheet as another person typed it in a second
// time: field by field, until the differences are settled. Nothing of it is
// counted.
type Retyping struct {
	Session ID
	By      ID
	At      time.Time
	Fields  map[string]string
	Settled time.Time // zero until somebody has looked at the differences
	Differs int       // how many there were
}
