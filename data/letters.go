package data

import (
	"strings"
	"unicode"
)

// The few tables that must name letters. All prose is in the language files.

// plainWords are what a guesser of passwords begins with.
var plainWords = []string{"password", "пароль", "сырсөз", "qwerty", "йцукен", "ashar", "ашар"}

// latin spells Cyrillic letters the way Kyrgyz places are written in Latin; й
// and ё may come as two code points.
var latin = strings.NewReplacer(
	"и\u0306", "y", "е\u0308", "yo",
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "yo", "ж", "j", "з", "z", "и", "i", "й", "y",
	"к", "k", "л", "l", "м", "m", "н", "n", "ң", "n", "о", "o", "ө", "o", "п", "p", "р", "r", "с", "s", "т", "t",
	"у", "u", "ү", "u", "ф", "f", "х", "h", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "",
	"э", "e", "ю", "yu", "я", "ya")

// foldLatin takes the marks off the Latin letters of Central Europe, whose
// towns publish the ballots that people try Ashar with.
func foldLatin(s string) string { return marks.Replace(s) }

var marks = strings.NewReplacer("ą", "a", "á", "a", "à", "a", "â", "a", "ä", "a", "ć", "c", "č", "c", "ç", "c", "ę", "e", "é", "e",
	"è", "e", "ê", "e", "ě", "e", "ë", "e", "í", "i", "î", "i", "ł", "l", "ń", "n", "ñ", "n", "ó", "o", "ô", "o", "ö", "o", "ř", "r",
	"ś", "s", "š", "s", "ú", "u", "ů", "u", "ù", "u", "û", "u", "ü", "u", "ý", "y", "ź", "z", "ż", "z", "ž", "z",
	"ă", "a", "ď", "d", "đ", "d", "ğ", "g", "ı", "i", "ĺ", "l", "ľ", "l", "ň", "n", "ő", "o", "ŕ", "r", "ş", "s", "ș", "s",
	"ß", "ss", "ť", "t", "ţ", "t", "ț", "t", "ű", "u")

// alike maps letters to the one they are often typed as: Kyrgyz letters missing
// from a Russian keyboard, and Latin letters that look like Cyrillic ones.
var alike = map[rune]rune{
	'ү': 'у', 'ө': 'о', 'ң': 'н', 'ё': 'е', 'й': 'и', 'ұ': 'у', 'і': 'и', 'қ': 'к', 'ғ': 'г', 'ў': 'у', 'һ': 'х', 'ә': 'а',
	'ъ': 'ь', 'щ': 'ш', 'ї': 'и', 'ӣ': 'и', 'ӯ': 'у', 'ҳ': 'х', 'ҷ': 'ч',
	'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'н', 'i': 'и', 'k': 'к', 'm': 'м', 'o': 'о', 'p': 'р', 't': 'т', 'x': 'х', 'y': 'у',
}

// looks are the Cyrillic letters that look like Latin ones on paper, where a code
// may stand in large or small letters.
var looks = map[rune]rune{'а': 'a', 'в': 'b', 'с': 'c', 'е': 'e', 'н': 'h', 'к': 'k', 'м': 'm', 'р': 'p', 'т': 't', 'х': 'x', 'у': 'y', 'ү': 'y'}

// FoldText is a text as it is compared and searched: lower case, one letter for
// those that are typed for each other (ү/у ө/о ң/н ё/е й/и and Latin
// look-alikes in a Cyrillic word), accents off, everything but letters and digits
// turned into single spaces. Words written in Latin letters only keep them.
func FoldText(s string) string { return foldWords(s, isCyrillic) }

// LoginKey is a login as it is compared: neither case nor look-alike letters
// make two accounts. It is stricter than FoldText: a login in Latin letters is
// the same as one that only looks so.
func LoginKey(login string) string { return foldWords(login, func(string) bool { return true }) }

func isCyrillic(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

func foldWords(s string, cyrillic func(word string) bool) string {
	var out []string
	for _, word := range strings.FieldsFunc(strings.ToLower(Clean(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	}) {
		if w := foldWord(word, cyrillic(word)); w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func foldWord(word string, cyrillic bool) string {
	var b strings.Builder
	for _, r := range foldLatin(word) {
		if unicode.Is(unicode.Mn, r) {
			continue // a combining mark: й written as и and a breve
		}
		if to, ok := alike[r]; ok && cyrillic {
			r = to
		}
		b.WriteRune(r)
	}
	return b.String()
}
