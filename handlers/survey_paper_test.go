package handlers

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
	forms "ashar/data/form"
)

// said3 is a text in the three languages.
func said3(ky, ru, en string) data.Text { return data.Text{KY: ky, RU: ru, EN: en} }

// everyKind is a form with a question of every kind.
func everyKind() forms.Form {
	q := func(name string, kind forms.Kind, en string) forms.Question {
		return forms.Question{Name: name, Kind: kind, Label: said3("Суроо "+name, "Вопрос "+name, en)}
	}
	with := func(q forms.Question, change func(*forms.Question)) forms.Question {
		change(&q)
		return q
	}
	list := func(name string) func(*forms.Question) { return func(q *forms.Question) { q.List = name } }
	return forms.Form{
		Languages: data.Languages, Intro: said3("Жоопторду айыл өкмөтү гана көрөт.", "Ответы увидит только айыл окмоту.", "Only the municipality sees the answers."),
		Thanks: said3("Рахмат!", "Спасибо!", "Thanks!"),
		Questions: []forms.Question{
			with(q("agree", forms.Consent, "Do you agree?"), func(q *forms.Question) { q.Required = true }),
			q("village", forms.Village, "Your village"),
			with(q("sex", forms.Sex, "You are"), func(q *forms.Question) { q.Refusable = true }),
			q("age", forms.Band, "Your age"),
			with(q("water", forms.One, "Where does your water come from?"), func(q *forms.Question) { q.List, q.Required = "sources", true }),
			with(q("far", forms.Decimal, "How far is it, in kilometres?"), func(q *forms.Question) { q.Relevant = "${water} = 'river' or ${people} >= 5" }),
			q("people", forms.Integer, "How many are you at home?"),
			with(q("have", forms.Many, "What do you have?"), func(q *forms.Question) { q.List, q.Top = "sources", 2 }),
			with(q("needs", forms.Rank, "What is needed most?"), func(q *forms.Question) { q.List, q.Top = "needs", 3 }),
			with(q("beans", forms.Points, "Share out ten beans"), func(q *forms.Question) { q.List, q.Points = "needs", 10 }),
			with(q("pairs", forms.Pairs, "Which of the two?"), list("sources")),
			with(q("mark", forms.Range, "How satisfied are you?"), func(q *forms.Question) { q.From, q.To, q.Step = 1, 5, 1 }),
			with(q("rate", forms.Matrix, "How good is it?"), func(q *forms.Question) { q.List, q.Marks, q.Required = "sources", "marks", true }),
			q("since", forms.Date, "Since when do you live here?"),
			q("street", forms.Text, "Your street"),
			q("words", forms.Long, "What else?"),
			q("note", forms.Note, "Now about the children"),
			{Name: "child", Kind: forms.Repeat, Label: said3("Бала", "Ребёнок", "Child"), Questions: []forms.Question{
				q("years", forms.Integer, "How old?"),
				with(q("school", forms.One, "Which school?"), func(q *forms.Question) { q.List, q.Relevant = "sources", "${years} > 6" }),
			}},
		},
		Lists: []forms.List{
			{Name: "sources", Choices: []forms.Choice{{Name: "tap", Label: said3("Кран", "Кран", "A tap")}, {Name: "well", Label: said3("Кудук", "Колодец", "A well")}, {Name: "river", Label: said3("Дарыя", "Река", "The river")}}},
			{Name: "marks", Choices: []forms.Choice{{Name: "bad", Label: said3("Жаман", "Плохо", "Bad")}, {Name: "good", Label: said3("Жакшы", "Хорошо", "Good")}}},
			{Name: "needs", Problems: true},
		},
	}
}

// surveyed is an open survey with a form.
func (s *site) surveyed(f forms.Form) data.Survey {
	s.t.Helper()
	ctx := context.Background()
	v := data.Survey{ID: Mint(), Round: s.round.ID, Word: "suu" + WordOf(Mint()), Title: said3("Айылга эмне керек?", "Что нужно селу?", "What does the village need?"), Door: data.DoorBoth,
		Help: "0555 12-34-56", Closes: "2099-05-31", By: s.accounts[data.Staff].ID, Created: s.clock()}
	s.must(s.store.AddSurvey(ctx, s.home.ID, v, f, data.Event{}))
	kept, err := s.store.Survey(ctx, s.home.ID, v.ID)
	s.must(err)
	filled := Filling{Villages: s.villages, Scheme: s.round.Scheme, Problems: s.problems}.Fill(f, s.server.words)
	s.must(s.store.OpenSurvey(ctx, s.home.ID, kept, filled, v.By, s.clock(), data.Event{}))
	kept, err = s.store.Survey(ctx, s.home.ID, v.ID)
	s.must(err)
	return kept
}

// WordOf is a few letters of an ID, such as words of surveys are made of.
func WordOf(id data.ID) string {
	word := ""
	for _, b := range id[10:] {
		word += string(data.WordLetters[:22][b%22])
	}
	return word
}

// at is the address of a page of a survey.
func surveyAt(v data.Survey, parts ...string) string {
	return strings.Join(append([]string{"surveys", v.ID.String()}, parts...), "/")
}

// prints makes numbered sheets and gives the numbers.
func (s *site) prints(v data.Survey, n int) (numbers []string) {
	s.t.Helper()
	who := s.as(data.Staff)
	form := who.get(surveyAt(v, "paper")).want(200)
	kept := who.post(surveyAt(v, "paper")+"?l=ky", "id", form.id(), "n", strconv.Itoa(n), "purpose", "Чогулуш", "village", s.villages[1].ID.String()).want(303)
	page := who.get(kept.header.Get("Location")).want(200)
	for _, found := range regexp.MustCompile(`<article class="leaf" aria-label="[^"]*№ (\d+)"`).FindAllStringSubmatch(page.body, -1) {
		numbers = append(numbers, found[1])
	}
	if len(numbers) != n {
		s.t.Fatalf("%d sheets, wanted %d", len(numbers), n)
	}
	return numbers
}

// theSheet is what somebody filled in, as it is typed.
func (s *site) theSheet(more ...string) []string {
	typed := map[string]string{
		"q.agree": "1", "q.village": "2", "q.sex": "1", "q.age": "2", "q.water": "3", "q.far": "1,5", "q.people": "4", "q.have": "1 3",
		"q.needs/" + s.problem(0): "1", "q.needs/" + s.problem(2): "2", "q.beans/" + s.problem(1): "7", "q.beans/" + s.problem(3): "3",
		"q.pairs/tap/well": "1", "q.pairs/tap/river": "0", "q.pairs/well/river": "2", "q.mark": "4", "q.rate/tap": "2",
		"q.since": "09031999", "q.street": "Ысык-Көл көчөсү", "q.words": "Көпүрө оңдолсун", "q1.years": "8", "q1.school": "2", "q2.years": "3", "q2.school": "1",
	}
	for i := 0; i+1 < len(more); i += 2 {
		typed[more[i]] = more[i+1]
	}
	var pairs []string
	for field, value := range typed {
		pairs = append(pairs, field, value)
	}
	return pairs
}

func (s *site) onPaper(v data.Survey) []data.Response {
	s.t.Helper()
	list, err := s.store.ResponsesOnPaper(context.Background(), s.home.ID, v.ID)
	s.must(err)
	return list
}

func TestASheetOfEveryKindIsTypedInByNumbers(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	number, who := s.prints(v, 2)[1], s.as(data.Facilitator)
	who.get(surveyAt(v, "entry") + "?sheet=" + number[:1] + "%20" + number[1:]).want(303)
	at := surveyAt(v, "entry", number)
	form := who.get(at).want(200, `name="q.village" value="2"`, "Drinking water", "Answer only if the answer to question 5 is “The river” or the answer to question 7 is 5 or more")
	for range 2 {
		who.post(at, append(s.theSheet(), "id", form.id())...).want(303)
	}
	list := s.onPaper(v)
	if len(list) != 1 {
		t.Fatalf("%d responses of one sheet", len(list))
	}
	r := list[0]
	if r.Tier != data.TierPaper || r.Sheet != number || r.State != data.StateCounted || r.Village != s.villages[1].ID || r.Sex != data.Female || r.Band != "18-28" || r.By != s.accounts[data.Facilitator].ID || r.Lang != "ky" {
		t.Errorf("kept %+v", r)
	}
	a := r.Answers
	for name, is := range map[string]bool{
		"consent": a["agree"].Text == forms.Agreed, "one": a["water"].Text == "river", "decimal": a["far"].Text == "1.5", "integer": a["people"].Text == "4",
		"many": slices.Equal(a["have"].Picks, []string{"tap", "river"}), "points": a["beans"].Points[s.problem(1)] == 7, "range": a["mark"].Text == "4",
		"rank":   len(a["needs"].Ranks) == 2 && a["needs"].Ranks[0][0] == s.problem(0) && a["needs"].Ranks[1][0] == s.problem(2),
		"pairs":  a["pairs"].Cells["tap well"] == "tap" && a["pairs"].Cells["tap river"] == forms.Tie && a["pairs"].Cells["well river"] == "river",
		"matrix": len(a["rate"].Cells) == 1 && a["rate"].Cells["tap"] == "good", "date": a["since"].Text == "1999-03-09", "text": a["street"].Text == "Ысык-Көл көчөсү",
		"repeat": len(a["child"].Rows) == 2 && a["child"].Rows[0]["school"].Text == "well" && a["child"].Rows[1]["years"].Text == "3",
	} {
		if !is {
			t.Errorf("%s is wrong: %+v", name, a)
		}
	}
	if _, asked := a["child"].Rows[1]["school"]; asked {
		t.Error("an answer that nobody asked for is kept")
	}
}

func TestWhatIsNotOnTheSheetIsEmptyAndWhatIsWrongIsTold(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	number, who := s.prints(v, 1)[0], s.as(data.Staff)
	at := surveyAt(v, "entry", number)
	who.post(at, "q.water", "").want(422)
	who.post(at, "q.street", "Ош").want(422, s.said("form.consent.needed"))
	for field, value := range map[string]string{"q.water": "4", "q.have": "1 7", "q.have ": "", "q.people": "2,5", "q.since": "31022020", "q.mark": "6", "q.rate/well": "3", "q.pairs/tap/well": "3", "q.needs/" + s.problem(1): "1"} {
		if strings.HasSuffix(field, " ") {
			continue
		}
		who.post(at, s.theSheet(field, value)...).want(422, `value="`+value+`"`, s.said("survey.typing.out"))
	}
	if len(s.onPaper(v)) != 0 {
		t.Fatal("a wrong sheet was kept")
	}
	who.post(at, "q.agree", "1", "q.mark", "6", "q.mark/_out", "1", "q.street", "Ош", "q.sex", "0").want(303)
	a := s.onPaper(v)[0].Answers
	if a["mark"].Said != data.Empty || a["water"].Said != data.Empty || a["sex"].Said != data.Refused || a["street"].Text != "Ош" {
		t.Errorf("kept %+v", a)
	}
}

// What is wrong is said in the order of the sheet, with the question it is about.
func TestTroublesOfASheetStandInItsOrder(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	number, who := s.prints(v, 1)[0], s.as(data.Staff)
	page := who.post(surveyAt(v, "entry", number), s.theSheet("q.mark", "6", "q.water", "4", "q.have", "7")...).want(422).body
	last := 0
	for _, question := range []string{"Where does your water come from?: ", "What do you have?: ", "mark"} {
		at := strings.Index(page, question)
		if question == "mark" {
			at = strings.Index(page, `href="#f-q.mark"`)
		}
		if at <= last {
			t.Errorf("%s stands at %d, after %d", question, at, last)
		}
		last = at
	}
}

func TestAZeroRefusesAQuestionWithManyAnswers(t *testing.T) {
	s := newSite(t)
	f := everyKind()
	f.Question("have").Refusable = true
	v := s.surveyed(f)
	number, who := s.prints(v, 1)[0], s.as(data.Staff)
	at := surveyAt(v, "entry", number)
	who.get(at).want(200, `name="q.have"`).lacks(`name="q.have/_refused"`)
	who.post(at, s.theSheet("q.have", "0")...).want(303)
	if a := s.onPaper(v)[0].Answers["have"]; a.Said != data.Refused {
		t.Errorf("kept %+v", a)
	}
	who.get(at+"?again=1").want(200, `name="q.have" value="0"`)
}

func TestTheSecondTypingIsComparedAndNeverCounted(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	number, first, second := s.prints(v, 1)[0], s.as(data.Facilitator), s.as(data.Staff)
	at := surveyAt(v, "entry", number)
	first.post(at, s.theSheet()...).want(303)
	first.get(at).want(200, s.said("survey.typing.yours")).lacks(`name="q.water"`)
	second.get(at).want(200, s.said("survey.typing.second.help", "who", "Айгүл Т.")).lacks(`value="1,5"`, `value="1.5"`)
	other := s.theSheet("q.water", "1", "q.street", "Ысык-Көл", "q1.years", "9")
	second.post(at, other...).want(303)
	second.post(at, other...).want(303)
	list := s.onPaper(v)
	if len(list) != 1 || list[0].Answers["water"].Text != "river" || list[0].Second["water"].Text != "tap" {
		t.Fatalf("kept %+v", list)
	}
	page := second.get(at).want(200, "The river", "A tap", "Ысык-Көл көчөсү", s.said("survey.typing.look", "n", 4), s.said("survey.leaf.not_asked"))
	second.get(surveyAt(v, "entry")).want(200, s.said("survey.typing.differs", "n", 4), s.said("survey.typing.twice", "n", 1))
	seen := regexp.MustCompile(`name="seen" value="([^"]+)"`).FindStringSubmatch(page.body)[1]
	second.post(at+"/settle", "seen", seen, "q.water", "1").want(422, "15. Your street: "+s.said("error.choose"), `name="q.water" value="1" checked`)
	second.post(at+"/settle", "seen", Mint().String(), "q.water", "2", "q.far", "1", "q.street", "1", "q1.years", "2").want(409)
	second.post(at+"/settle", "seen", seen, "q.water", "1", "q.far", "1", "q.street", "2", "q1.years", "2").want(303)
	r := s.onPaper(v)[0]
	if r.Answers["water"].Text != "river" || r.Answers["far"].Text != "1.5" || r.Answers["street"].Text != "Ысык-Көл" || r.Answers["child"].Rows[0]["years"].Text != "9" || r.Answers["child"].Rows[0]["school"].Text != "well" {
		t.Errorf("settled as %+v", r.Answers)
	}
	second.get(at).want(200, s.said("survey.typing.agree", "first", "Айгүл Т.", "second", "Айгүл Т."))
	mend := second.get(at+"?again=1").want(200, `value="Ысык-Көл"`)
	seen = regexp.MustCompile(`name="seen" value="([^"]+)"`).FindStringSubmatch(mend.body)[1]
	second.post(at, s.theSheet("again", "1", "seen", seen, "q.street", "Талас")...).want(303)
	if list := s.onPaper(v); len(list) != 1 || list[0].Answers["street"].Text != "Талас" || list[0].Second["street"].Text != "Талас" {
		t.Errorf("mended as %+v", list)
	}
}

func TestOnlyPrintedNumbersAreSheets(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	who := s.as(data.Facilitator)
	who.get(surveyAt(v, "entry")).want(200, s.said("survey.typing.none"))
	first, more := s.prints(v, 3), s.prints(v, 2)
	if want := []string{data.SheetNumber(4), data.SheetNumber(5)}; !slices.Equal(more, want) || first[2] != data.SheetNumber(3) {
		t.Errorf("numbers %v, %v", first, more)
	}
	who.get(surveyAt(v, "entry", data.SheetNumber(6))).want(404)
	who.get(surveyAt(v, "entry")+"?sheet="+data.SheetNumber(6)).want(422, s.said("survey.typing.unknown"))
	who.get(surveyAt(v, "entry")+"?sheet=12").want(422, s.said("survey.typing.digit"))
	scanned := "/s/" + v.Word + "/sheet/" + more[0]
	if to := who.get(scanned).want(303).header.Get("Location"); to != "/ak-muz/"+surveyAt(v, "entry", more[0]) {
		t.Errorf("a scanned sheet leads to %s", to)
	}
	if to := (&client{site: s, lang: "en"}).get(scanned).want(303).header.Get("Location"); to != "/s/"+v.Word {
		t.Errorf("a resident's camera leads to %s", to)
	}
}

func TestASheetIsNoReceipt(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	number := s.prints(v, 1)[0]
	s.as(data.Staff).post(surveyAt(v, "entry", number), s.theSheet()...).want(303)
	for _, code := range []string{number, "sheet" + number} {
		if _, err := s.store.ResponseBy(context.Background(), s.home.ID, v.ID, data.KeyOf(v.ID, code)); err == nil {
			t.Errorf("%q opens what somebody wrote on paper", code)
		}
	}
}

func TestAHostileSurveyIsInertOnPaper(t *testing.T) {
	s := newSite(t)
	evil := `"><script>alert(1)</script>{{.}}`
	f := everyKind()
	f.Intro = data.Text{KY: evil}
	f.All(func(q, _ *forms.Question) bool {
		q.Label, q.Hint = data.Text{KY: evil}, data.Text{KY: evil}
		return true
	})
	for i := range f.Lists {
		for j := range f.Lists[i].Choices {
			f.Lists[i].Choices[j].Label = data.Text{KY: evil}
		}
	}
	v := s.surveyed(f)
	number, who := s.prints(v, 1)[0], s.as(data.Staff)
	who.post(surveyAt(v, "entry", number), s.theSheet("q.street", evil)...).want(303)
	s.as(data.Facilitator).post(surveyAt(v, "entry", number), s.theSheet("q.street", evil+"2", "q.words", evil)...).want(303)
	for _, part := range []string{"poster", "paper", "entry", "entry/" + number, "entry/" + number + "?again=1", "codes"} {
		page := who.get(surveyAt(v) + "/" + part).want(200)
		if strings.Contains(page.body, "<script>alert") {
			t.Errorf("%s runs what people typed", part)
		}
	}
}

func TestFacilitatorsFindWhereSheetsAreTypedIn(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	who := s.as(data.Facilitator)
	list := "rounds/" + s.round.ID.String() + "/surveys"
	who.get("rounds/"+s.round.ID.String()).want(200, list)
	who.get(list).want(200, surveyAt(v, "entry"))
	page := who.get(surveyAt(v, "entry")).want(200)
	for _, found := range regexp.MustCompile(`href="(/ak-muz/surveys/[^"]*)"`).FindAllStringSubmatch(page.body, -1) {
		who.get(found[1]).want(200)
	}
}
