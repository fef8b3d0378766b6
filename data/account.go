package data

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Role is what an account may do.
type Role string

// The roles, from the one that may do everything to the one that may look.
const (
	Administrator Role = "administrator" // all municipalities and accounts
	Staff         Role = "staff"         // everything inside one municipality
	Facilitator   Role = "facilitator"   // the sessions of one municipality
	Observer      Role = "observer"      // reads the ranking of one municipality
)

// Roles in the order in which they are offered.
var Roles = []Role{Administrator, Staff, Facilitator, Observer}

// Account is a person who signs in.
type Account struct {
	ID           ID
	Municipality ID // zero for an administrator
	Login        string
	Name         string
	Role         Role
	Password     string // argon2id in PHC form; empty until a link was used
	Active       bool
	Created      time.Time
}

// May tells whether the account has one of the roles.
func (a Account) May(roles ...Role) bool {
	for _, r := range roles {
		if a.Role == r {
			return a.Active
		}
	}
	return false
}

// Of tells whether a municipality's pages are this account's business at all.
func (a Account) Of(municipality ID) bool {
	return a.Active && (a.Role == Administrator || a.Municipality == municipality)
}

// Check is what is wrong with an account as typed.
func (a Account) Check() (bad Bad) {
	if a.Name == "" {
		bad.Add("name", "error.required")
	}
	if utf8.RuneCountInString(a.Name) > MaxName {
		bad.Add("name", "error.long", "max", MaxName)
	}
	n := utf8.RuneCountInString(a.Login)
	switch {
	case LoginKey(a.Login) == "":
		bad.Add("login", "error.required")
	case n > 60:
		bad.Add("login", "error.long", "max", 60)
	case strings.ContainsAny(a.Login, " \n\t"):
		bad.Add("login", "account.login.space")
	}
	known := false
	for _, r := range Roles {
		known = known || r == a.Role
	}
	if !known {
		bad.Add("role", "error.choose")
	}
	if a.Role != Administrator && a.Municipality.Zero() {
		bad.Add("municipality", "error.choose")
	}
	return bad
}

// MinPassword and MaxPassword bound a password in code points (NIST SP
// 800-63B-4: fifteen where the password is all there is, no rules of
// composition).
const (
	MinPassword = 15
	MaxPassword = 200
)

// CheckPassword is the message key of what is wrong with a password, or empty.
func CheckPassword(password string, a Account) Fault {
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return Fault{"account.password.short", []any{"min", MinPassword}}
	case n > MaxPassword:
		return Fault{"error.long", []any{"max", MaxPassword}}
	case tooPlain(password, a):
		return Fault{Key: "account.password.plain"}
	}
	return Fault{}
}

// tooPlain catches what a guesser tries first: few different letters, a run up or
// down, the login or the name written again and again.
func tooPlain(password string, a Account) bool {
	low := strings.ToLower(password)
	letters := map[rune]bool{}
	for _, r := range low {
		letters[r] = true
	}
	if len(letters) < 5 {
		return true
	}
	for _, known := range append(plainWords[:len(plainWords):len(plainWords)], strings.ToLower(a.Login), strings.ToLower(a.Name)) {
		if known != "" && utf8.RuneCountInString(strings.ReplaceAll(low, known, "")) < 6 {
			return true
		}
	}
	return turns([]rune(low)) < fewestTurns
}

// fewestTurns is how often a password must change its step: passphrases do at
// nearly every letter.
const fewestTurns = 5

// turns counts where a text leaves a run: letters or digits that follow from each
// other by the same step, as in abcdef, 13579 or 987654321098765.
func turns(text []rune) (n int) {
	step := func(i int) rune {
		d := text[i] - text[i-1]
		if unicode.IsDigit(text[i]) && unicode.IsDigit(text[i-1]) {
			d = (d + 10) % 10 // after 9 comes 0
		}
		return d
	}
	for i := 2; i < len(text); i++ {
		if step(i) != step(i-1) {
			n++
		}
	}
	return n
}
