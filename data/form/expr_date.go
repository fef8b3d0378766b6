package form

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const dayLength = 24 * 60 * 60 * 1000 // in milliseconds

var dateShape = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?$`)

// moment reads a date, or a date and a time, as milliseconds since 1970 began
// on the clocks of the villages. A time of another zone is shifted to theirs.
func moment(text string, env Env) (ms float64, ok bool) {
	m := dateShape.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	part := func(i int) int {
		n, _ := strconv.Atoi(m[i]) // digits, or nothing
		return n
	}
	date := time.Date(part(1), time.Month(part(2)), part(3), 0, 0, 0, 0, time.UTC)
	if date.Month() != time.Month(part(2)) || date.Day() != part(3) || part(4) > 23 || part(5) > 59 || part(6) > 59 {
		return 0, false
	}
	thousandths, _ := strconv.Atoi((m[7] + "000")[:3])
	ms = float64(date.UnixMilli()) + float64(((part(4)*60+part(5))*60+part(6))*1000+thousandths)
	if zone := m[8]; zone != "" {
		_, ours := env.Now().Zone()
		ms += float64(ours*1000 - offset(zone)*60*1000)
	}
	return ms, true
}

// offset of Z or +06:00 in minutes.
func offset(zone string) int {
	if zone == "Z" {
		return 0
	}
	hours, _ := strconv.Atoi(zone[1:3])
	minutes, _ := strconv.Atoi(zone[4:])
	if zone[0] == '-' {
		return -hours*60 - minutes
	}
	return hours*60 + minutes
}

// at is the moment that so many days since 1970 make, where it has four digits
// of a year.
func at(days float64) (time.Time, bool) {
	ms := math.Floor(days*dayLength + 0.5)
	if !(ms >= -62167219200000 && ms < 253402300800000) { // the years 0 and 10000
		return time.Time{}, false
	}
	return time.UnixMilli(int64(ms)).UTC(), true
}

func today(_ *node, env Env) any { return env.Now().Format(time.DateOnly) }

func now(_ *node, env Env) any { return env.Now().Format("2006-01-02T15:04:05.000-07:00") }

func date(n *node, env Env) any {
	t, ok := at(math.Floor(n.number(env, 0)))
	if !ok {
		return ""
	}
	return t.Format(time.DateOnly)
}

// The parts of a date as ODK names them. Names of months and days are not among
// them: they would need a language.
var dateParts = map[byte]func(t time.Time) string{
	'Y': layout("2006"), 'y': layout("06"), 'm': layout("01"), 'n': layout("1"), 'd': layout("02"), 'e': layout("2"),
	'H': layout("15"), 'h': func(t time.Time) string { return strconv.Itoa(t.Hour()) }, 'M': layout("04"), 'S': layout("05"),
	'3': func(t time.Time) string { return t.Format(".000")[1:] }, '%': func(time.Time) string { return "%" },
}

func layout(form string) func(t time.Time) string {
	return func(t time.Time) string { return t.Format(form) }
}

func formatDate(n *node, env Env) any {
	t, ok := at(n.number(env, 0))
	if !ok {
		return ""
	}
	var b strings.Builder
	format := n.text(env, 1)
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		i++
		b.WriteString(dateParts[format[i]](t))
	}
	return b.String()
}

// isFormat refuses what formatDate would not know.
func isFormat(n *node, at int) error {
	format, ok := n.args[1].literal.(string)
	if !ok {
		return wrong(at, "form.expr.literal", "name", n.op)
	}
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		i++
		if i == len(format) || dateParts[format[i]] == nil {
			_, size := utf8.DecodeRuneInString(format[i:])
			return wrong(at, "form.expr.format", "what", format[i-1:i+size])
		}
	}
	return nil
}
