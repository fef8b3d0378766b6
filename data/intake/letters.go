package intake

import "ashar/data"

// sexes are the letters and words for a sex, in lower case, in the languages of
// the files we know.
//
// K is a woman, always: Polish files write kobieta (K) and mężczyzna (M), the
// library that publishes them turns K into F in its own clean-up, and no file
// we know has both. A file that has K and F and no man is read as women only,
// and the report warns of it.
var sexes = map[string]data.Sex{
	"f": data.Female, "k": data.Female, "female": data.Female, "woman": data.Female, "kobieta": data.Female,
	"ж": data.Female, "жен": data.Female, "женский": data.Female, "женщина": data.Female, "аял": data.Female,
	"m": data.Male, "male": data.Male, "man": data.Male, "mężczyzna": data.Male, "mezczyzna": data.Male,
	"м": data.Male, "муж": data.Male, "мужской": data.Male, "мужчина": data.Male, "эркек": data.Male,
}
