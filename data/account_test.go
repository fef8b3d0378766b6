package data

import (
	"maps"
	"strings"
	"testing"
)

func TestRolesAndMunicipalitiesAreKeptApart(t *testing.T) {
	here, there := id(1), id(2)
	for _, c := range []struct {
		a            Account
		staff, of    bool
		anyRole, own bool
	}{
		{Account{Role: Administrator, Active: true}, false, true, true, true},
		{Account{Role: Staff, Municipality: here, Active: true}, true, false, true, true},
		{Account{Role: Facilitator, Municipality: here, Active: true}, false, false, true, true},
		{Account{Role: Observer, Municipality: there, Active: true}, false, true, true, false},
		{Account{Role: Staff, Municipality: here}, false, false, false, false},
		{Account{Role: Administrator}, false, false, false, false},
		{Account{Active: true}, false, false, false, false},
	} {
		if got := c.a.May(Staff); got != c.staff {
			t.Errorf("%+v may what staff may: %v", c.a, got)
		}
		if got := c.a.May(Roles...); got != c.anyRole {
			t.Errorf("%+v may something: %v", c.a, got)
		}
		if got := c.a.Of(there); got != c.of {
			t.Errorf("%+v of another municipality: %v", c.a, got)
		}
		if got := c.a.Of(here); got != c.own {
			t.Errorf("%+v of the municipality: %v", c.a, got)
		}
		if c.a.May() {
			t.Errorf("%+v may what nobody may", c.a)
		}
	}
}

func TestAccountIsCheckedAsTyped(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Account)
		want   map[string]string
	}{
		{"good", func(*Account) {}, nil},
		{"administrator", func(a *Account) { a.Role, a.Municipality = Administrator, ID{} }, nil},
		{"as long as may be", func(a *Account) { a.Login, a.Name = strings.Repeat("ү", 60), strings.Repeat("ү", MaxName) }, nil},
		{"no name", func(a *Account) { a.Name = "" }, map[string]string{"name": "error.required"}},
		{"a long name", func(a *Account) { a.Name = strings.Repeat("ү", MaxName+1) }, map[string]string{"name": "error.long"}},
		{"no login", func(a *Account) { a.Login = "" }, map[string]string{"login": "error.required"}},
		{"a login without letters", func(a *Account) { a.Login = "-_-" }, map[string]string{"login": "error.required"}},
		{"a long login", func(a *Account) { a.Login = strings.Repeat("ү", 61) }, map[string]string{"login": "error.long"}},
		{"a login of two words", func(a *Account) { a.Login = "ай гүл" }, map[string]string{"login": "account.login.space"}},
		{"no role", func(a *Account) { a.Role = "" }, map[string]string{"role": "error.choose"}},
		{"no such role", func(a *Account) { a.Role = "mayor" }, map[string]string{"role": "error.choose"}},
		{"staff of nowhere", func(a *Account) { a.Municipality = ID{} }, map[string]string{"municipality": "error.choose"}},
	} {
		a := Account{Login: "aigul", Name: "Айгүл", Role: Staff, Municipality: id(1)}
		c.change(&a)
		if got := faults(a.Check()); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPasswordsThatAreGuessedFirst(t *testing.T) {
	a := Account{Login: "Nurlan-1", Name: "Нурлан Асанов"}
	for password, want := range map[string]string{
		"":                              "account.password.short",
		"жаңы сырсөз 12":                "account.password.short", // 14
		"тоо булак кызыл алма":          "",
		"correct horse battery staple":  "",
		"aaaaaaaaaaaaaaaa":              "account.password.plain",
		"abababababababab":              "account.password.plain",
		"abcdabcdabcdabcd":              "account.password.plain",
		"123456789012345":               "account.password.plain",
		"890123456789012":               "account.password.plain",
		"987654321098765":               "account.password.plain",
		"432109876543210":               "account.password.plain",
		"135791357913579":               "account.password.plain",
		"1234567890abcde":               "account.password.plain",
		"abcdefghijklmnop":              "account.password.plain",
		"абвгдеёжзийклмно":              "account.password.plain",
		"зжедгба987654321":              "account.password.plain",
		"314159265358979":               "",
		"passwordpassword":              "account.password.plain",
		"Password12Password":            "account.password.plain",
		"сырсөзсырсөз123":               "account.password.plain",
		"nurlan-1nurlan-1":              "account.password.plain",
		"НУРЛАН АСАНОВ2026":             "account.password.plain",
		"Нурлан Асанов, кызыл":          "",
		strings.Repeat("тоо булак", 22): "",
		strings.Repeat("тоо булак", 23): "error.long",
	} {
		if got := CheckPassword(password, a); got.Key != want {
			t.Errorf("%q: %q, want %q", password, got.Key, want)
		}
	}
	if got := CheckPassword("тоо булак кызыл алма", Account{}); got.Key != "" {
		t.Errorf("an account without a name: %v", got)
	}
}
