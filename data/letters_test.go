package data

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWhatIsTypedForEachOtherFoldsAlike(t *testing.T) {
	for _, c := range []struct{ name, a, b string }{
		{"ө typed as о", "Көчө", "Кочо"},
		{"ү typed as у", "Үйдүн үстү", "уйдун усту"},
		{"ң typed as н", "таңкы саат", "танкы саат"},
		{"ё typed as е", "Ёлка", "елка"},
		{"case", "ИЧҮҮЧҮ СУУ", "ичүүчү суу"},
		{"case of Kyrgyz letters", "ҢӨҮ", "ңөү"},
		{"й in one and in two code points", "\u0439од", "и\u0306од"},
		{"ё in one and in two code points", "\u0451ж", "е\u0308ж"},
		{"ї in one and in two code points", "\u0457жак", "\u0456\u0308жак"},
		{"Latin C, O, T, P and E in a Cyrillic word", "COTРУДНИК ЕE", "сотрудник ее"},
		{"Latin K and y", "Kөчөлөрдy оңдоо", "көчөлөрдү оңдоо"},
		{"Latin ë for ё", "ж\u00ebлоб", "жёлоб"},
		{"Latin ë for ё in two code points", "же\u0308лоб", "жe\u0308лоб"},
		{"Latin ö for ө", "к\u00f6чө", "көчө"},
		{"hard and soft sign", "подъезд", "подьезд"},
		{"щ and ш", "щебень", "шебень"},
		{"Uzbek letters", "қишлоқ йўли, ҳовуз", "кишлок йули ховуз"},
		{"Tajik letters", "ӯҷии деҳа ӣ", "учии деха и"},
		{"Kazakh letters", "ұлы әке һәм ғ і", "улы аке хам г и"},
		{"marks between words", "«Ак-Муз»: суу, жол!", "ак муз суу жол"},
		{"white space", "  суу \t\n\u00a0жол ", "суу жол"},
		{"what nobody sees", "су\u00adу\u200b жо\u200dл\ufeff", "суу жол"},
		{"Polish letters", "Łódź Żółć", "lodz zolc"},
		{"Latin accents in one and in two code points", "caf\u00e9 \u0159eka Plze\u0148", "cafe\u0301 r\u030ceka Plzen\u030c"},
		{"Turkish letters", "ağız şaşı", "agiz sasi"},
	} {
		if a, b := FoldText(c.a), FoldText(c.b); a != b || a == "" {
			t.Errorf("%s: %q folds to %q, %q to %q", c.name, c.a, a, c.b, b)
		}
	}
}

// Words that differ in more than a letter typed for another stay apart.
func TestMinimalPairsStayApart(t *testing.T) {
	for _, c := range [][2]string{
		{"жол", "жел"}, {"бала", "бата"}, {"мал", "мол"}, {"кар", "кара"}, {"жер", "жэр"}, {"ат", "аты"},
		{"сыр", "сир"}, {"суу", "сыу"}, {"эл", "ел"}, {"чоң", "шоң"}, {"дарак", "тарак"}, {"жол 1", "жол 2"},
		{"суу жол", "суужол"}, {"сор", "cop"}, {"нет", "het"}, {"", "а"},
	} {
		if FoldText(c[0]) == FoldText(c[1]) {
			t.Errorf("%q and %q both fold to %q", c[0], c[1], FoldText(c[0]))
		}
	}
}

// These differ in meaning and are alike to a search all the same: the price of
// finding what was typed without Kyrgyz letters. A person tells them apart.
func TestMinimalPairsThatAPersonTellsApart(t *testing.T) {
	for _, c := range [][2]string{{"көл", "кол"}, {"үн", "ун"}, {"тоң", "тон"}, {"өт", "от"}, {"күч", "куч"}, {"чөл", "чол"}, {"йод", "иод"}} {
		if FoldText(c[0]) != FoldText(c[1]) {
			t.Errorf("%q folds to %q, %q to %q", c[0], FoldText(c[0]), c[1], FoldText(c[1]))
		}
	}
}

func TestLatinWordsKeepTheirLetters(t *testing.T) {
	for in, want := range map[string]string{
		"Wi-Fi hotspot": "wi fi hotspot",
		"cyx":           "cyx",
		"school ремонт": "school ремонт",
		"COVID-19":      "covid 19",
	} {
		if got := FoldText(in); got != want {
			t.Errorf("%q folds to %q, want %q", in, got, want)
		}
	}
}

func TestLooksDoNotMakeTwoLogins(t *testing.T) {
	for _, c := range [][2]string{
		{"Admin", "admin"}, {"admin", "аdmin"}, {"cop", "сор"}, {"Айгүл", "айгул"}, {"AIDA", "АІDА"}, {" aida ", "aida"}, {"a.b", "a-b"},
	} {
		if a, b := LoginKey(c[0]), LoginKey(c[1]); a != b || a == "" {
			t.Errorf("%q and %q are two logins: %q, %q", c[0], c[1], a, b)
		}
	}
	if LoginKey("aida") == LoginKey("aidar") {
		t.Error("two logins are one")
	}
}

func TestCleanTakesAwayWhatNobodySees(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		"  суу  ":                 "суу",
		"суу \t жол":              "суу жол",
		"суу\u00a0\u2003жол":      "суу жол",
		"биринчи\r\nэкинчи":       "биринчи\nэкинчи",
		"биринчи\rэкинчи":         "биринчи\nэкинчи",
		"биринчи\vэкинчи\f":       "биринчи\nэкинчи",
		"биринчи\u2028экинчи":     "биринчи\nэкинчи",
		"биринчи \n\n экинчи":     "биринчи\n\n экинчи",
		"\n суу \n":               "суу",
		"су\x00\x07у":             "суу",
		"су\u200b\u2060\ufeffу":   "суу",
		"\u202eууc\u202c":         "ууc",
		"\u2066суу\u2069":         "суу",
		"су\u00adу":               "суу",
		"❤\ufe0f":                 "❤",
		"суу\U000e0041\U000e007f": "суу",
		"су\xffу\xc3":             "суу",
		"\u200b \u200d":           "",
		"и\u0306":                 "и\u0306",
		"a\u2003":                 "a",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q is cleaned to %q, want %q", in, got, want)
		}
	}
}

func checkClean(t interface{ Fatalf(string, ...any) }, s string) {
	c := Clean(s)
	if !utf8.ValidString(c) || strings.ContainsFunc(c, invisible) || c != strings.TrimSpace(c) || strings.Contains(c, "  ") {
		t.Fatalf("%q is cleaned to %q", s, c)
	}
	if isClean(s) && cleaned(s) != s {
		t.Fatalf("%q is said to be clean, and is cleaned to %q", s, cleaned(s))
	}
	if again := Clean(c); again != c {
		t.Fatalf("%q is cleaned to %q and then to %q", s, c, again)
	}
}

func checkFold(t interface{ Fatalf(string, ...any) }, s string) {
	f := FoldText(s)
	if !utf8.ValidString(f) || f != strings.Join(strings.Fields(f), " ") {
		t.Fatalf("%q folds to %q", s, f)
	}
	if again := FoldText(f); again != f {
		t.Fatalf("%q folds to %q and then to %q", s, f, again)
	}
	if FoldText(Clean(s)) != f {
		t.Fatalf("%q folds otherwise when it is clean", s)
	}
	if key := LoginKey(s); LoginKey(f) != key || LoginKey(key) != key {
		t.Fatalf("login %q has the key %q, folded %q", s, key, LoginKey(f))
	}
}

// letters are those that the tables know, and a few that do mischief.
var letters = append([]rune(" -\n\r\t\u00a0\u00ad\u0301\u0306\u0308\u0483\u200d\u2028\u3000\ufe0f0AzİẞſKЙйЁёҮүӨөҢңІіCcOo1²"), 'ß', 'ǅ', 0xfffd)

func TestFoldedTextFoldsToItself(t *testing.T) {
	gen := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom(letters)))
	rapid.Check(t, func(t *rapid.T) {
		s := gen.Draw(t, "text")
		checkClean(t, s)
		checkFold(t, s)
	})
}

// Two words folded one by one are the two words folded together.
func TestWordsFoldOneByOne(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("аоуөүңйёкcoекyABіщъé1")), 1, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 4).Draw(t, "words")
		var one []string
		for _, w := range words {
			one = append(one, FoldText(w))
		}
		if got := FoldText(strings.Join(words, " · ")); got != strings.Join(one, " ") {
			t.Fatalf("%q: %q", words, got)
		}
	})
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "суу\r\nжол", "\xff\xfe\xc3", "a\u2028\u202eb", string(letters)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkClean(t, s) })
}

func FuzzFoldText(f *testing.F) {
	for _, s := range []string{"", "Кочо Көчө", "и\u0306од", "Łódź cүү", "\xff", string(letters), strings.Repeat("ё\u0308", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFold(t, s) })
}

// No letter is folded to one that is folded further, or to one in capitals.
func TestTheTablesNeedOnePass(t *testing.T) {
	for from, to := range alike {
		if next, more := alike[to]; more {
			t.Errorf("%c becomes %c becomes %c", from, to, next)
		}
		if s := string(from) + string(to); s != strings.ToLower(s) {
			t.Errorf("%c to %c is not in lower case", from, to)
		}
	}
	for _, r := range "ąáàâäćčçęéèêěëíîłńñóôöřśšúůùûüýźżžăďđğıĺľňőŕşșßťţțű" {
		if s := foldLatin(string(r)); s == string(r) || s != foldLatin(s) || strings.ContainsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) {
			t.Errorf("%c folds to %q", r, s)
		}
	}
}
