package lang

import (
	"math"
	"strconv"
	"strings"
)

// A fraction given to T is written with at most this many digits, and as a whole number when they would all be 0.
const (
	fractionDigits = 2
	fractionShown  = 0.005
)

// noNumber stands where there is nothing to count, as the share of nobody.
const noNumber = "–"

// Number writes a whole number: 1 234 567.
func (l *Lang) Number(n int) string {
	var room [32]byte
	return string(l.appendNumber(room[:0], int64(n)))
}

// Decimal writes a number with exactly so many digits after the mark: 1 234,50.
func (l *Lang) Decimal(x float64, digits int) string {
	var room [48]byte
	return string(l.appendDecimal(room[:0], x, digits, digits))
}

// Percent writes a share, 0.256, as 25,6%, with at most one digit after the mark.
func (l *Lang) Percent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return noNumber
	}
	var room [48]byte
	return string(append(l.appendDecimal(room[:0], share*100, 0, 1), l.percent...))
}

func (l *Lang) appendNumber(b []byte, n int64) []byte {
	var room [20]byte
	return l.appendGrouped(b, strconv.AppendInt(room[:0], n, 10))
}

// appendDecimal rounds to most digits and keeps at least least of them.
func (l *Lang) appendDecimal(b []byte, x float64, least, most int) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return append(b, noNumber...)
	}
	var room [48]byte
	whole, fraction, _ := strings.Cut(string(strconv.AppendFloat(room[:0], x, 'f', most, 64)), ".")
	for len(fraction) > least && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if whole == "-0" && strings.Trim(fraction, "0") == "" {
		whole = "0" // what rounds to nothing has no sign
	}
	b = l.appendGrouped(b, []byte(whole))
	if fraction == "" {
		return b
	}
	return append(append(b, l.decimal...), fraction...)
}

// appendGrouped puts the language's mark between thousands.
func (l *Lang) appendGrouped(b, digits []byte) []byte {
	if digits[0] == '-' {
		b, digits = append(b, '-'), digits[1:]
	}
	for i, d := range digits {
		if left := len(digits) - i; i > 0 && left%3 == 0 {
			b = append(b, l.group...)
		}
		b = append(b, d)
	}
	return b
}
