package lang

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// Dates are written in the zone that the time carries; whoever asks puts it there. The zero time is written as nothing.

// Date writes a date in full: 2027-ж., 5-февраль; 5 февраля 2027 г.; 5 February 2027.
func (l *Lang) Date(t time.Time) string { return l.writeDate(l.date, t) }

// ShortDate writes a date for a table: 05.02.2027, in English 5 Feb 2027.
func (l *Lang) ShortDate(t time.Time) string { return l.writeDate(l.short, t) }

// DateTime writes a date in full and the hour.
func (l *Lang) DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.Date(t) + ", " + l.Clock(t)
}

// Clock writes the hour and minute: 09:30.
func (l *Lang) Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("15:04")
}

// writeDate follows a pattern: d and D the day (without and with a zero), m the month as two digits, M its name,
// b the name's first three letters, Y the year; all else is itself.
func (l *Lang) writeDate(pattern string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, day := t.Date()
	name := l.months[month-1]
	var room [48]byte
	b := room[:0]
	for _, r := range pattern {
		switch r {
		case 'd':
			b = strconv.AppendInt(b, int64(day), 10)
		case 'D':
			b = append(b, byte('0'+day/10), byte('0'+day%10))
		case 'm':
			b = append(b, byte('0'+month/10), byte('0'+month%10))
		case 'M':
			b = append(b, name...)
		case 'b':
			b = append(b, name[:3]...)
		case 'Y':
			b = strconv.AppendInt(b, int64(year), 10)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}
