package handlers_test

import (
	"path"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
)

// choose takes the choice of a list that begins with a text.
func (b *browser) choose(selector, text string) {
	b.t.Helper()
	value, err := js[string](b, `[...document.querySelectorAll(`+quote(selector+" option")+`)].find((one) => one.text.startsWith(`+quote(text)+`)).value`)
	if err != nil {
		b.t.Fatal(selector, text, err)
	}
	b.fill(selector, value)
}

// blank is a new survey without questions that says who sees the answers; it
// gives its address.
func (b *browser) blank() string {
	b.t.Helper()
	b.open(b.house.path("round/surveys/new"))
	b.tap(`[name=from][value=blank]`)
	b.press(b.word("survey.create"))
	b.see(b.word("survey.finding.draft"))
	at := b.address()
	b.open(at + "/frame")
	b.fill("#f-intro-ky", "Жоопторду айыл өкмөтү гана көрөт.")
	b.press(b.word("button.save"))
	b.see(b.word("survey.build.empty"))
	return at
}

// asks adds a question behind the others, or into the group of a name, and gives
// its own name. Its page is open then.
func (b *browser) asks(at, kind, label, group string) string {
	b.t.Helper()
	b.open(at + "/build")
	b.fill("#f-label", label)
	b.tap(`#f-kind [value="` + kind + `"]`)
	if group != "" {
		b.fill("#f-after", "in:"+group)
	}
	b.press(b.word("survey.build.add.do"))
	b.at("form#question")
	return path.Base(b.address())
}

// puts saves the question and comes back to the form.
func (b *browser) puts() {
	b.t.Helper()
	b.tap("form#question > .row .btn.main")
	b.at("ol.build")
}

// offers are the choices of the question whose page is open, one to a line.
func (b *browser) offers(choices ...string) {
	b.t.Helper()
	b.fill(`[name="c.new"]`, strings.Join(choices, "\n"))
	b.press(b.word("question.choices.add"))
	b.until("choices", `document.querySelectorAll(".choice-rows tbody tr").length === `+strconv.Itoa(len(choices)))
}

// inquiry is a survey built by hand: a question that only some are asked, people
// one after the other, and a page with streets that follow the part of the
// village.
func (b *browser) inquiry() (at string, names map[string]string) {
	b.t.Helper()
	at, names = b.blank(), map[string]string{}
	names["work"] = b.asks(at, "one", "Иштейсизби?", "")
	b.offers("Ооба", "Жок")
	b.puts()
	names["where"] = b.asks(at, "text", "Кайда иштейсиз?", "")
	b.press(b.word("question.logic"))
	b.choose("#f-quick", "Ооба")
	b.puts()
	b.see(b.word("question.relevant"))
	names["family"] = b.asks(at, "repeat", "Үй-бүлө мүчөсү", "")
	names["name"] = b.asks(at, "text", "Ким болот?", names["family"])
	names["age"] = b.asks(at, "integer", "Жашы канчада?", names["family"])
	names["home"] = b.asks(at, "group", "Үйүңүз кайда?", "")
	names["part"] = b.asks(at, "one", "Айылдын кайсы бөлүгүндө?", names["home"])
	b.offers("Жогорку", "Төмөнкү")
	b.puts()
	names["street"] = b.asks(at, "one", "Кайсы көчөдө?", names["home"])
	b.offers("Манас", "Ленин", "Токтогул")
	b.press(b.word("question.logic"))
	b.choose("#f-follows", "Айылдын кайсы бөлүгүндө?")
	b.press(b.word("question.save.stay"))
	for i, part := range []string{"Жогорку", "Жогорку", "Төмөнкү"} {
		b.at(`select[name="c.` + strconv.Itoa(i) + `.extra"]`)
		b.choose(`[name="c.`+strconv.Itoa(i)+`.extra"]`, part)
	}
	b.puts()
	b.looks("built")
	return at, names
}

// Staff build a survey with a group, people one after the other, a condition and
// choices that follow another answer, with scripts and without; a resident
// answers it, goes back and changes their mind, and only what was asked counts.
func TestStoryASurveyWithLogicIsBuiltAndAnswered(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		t.Run(map[bool]string{true: "with scripts", false: "without"}[scripts], func(t *testing.T) {
			h := newHouse(t).lived()
			b := h.opens(t)
			b.scripts(scripts)
			b.signIn(data.Staff)
			at, names := b.inquiry()
			b.open(at)
			b.see(b.word("count.questions", "n", 6))
			b.press(b.word("survey.open"))
			b.see(b.word("survey.phase.open"))
			id, err := data.ParseID(path.Base(at))
			h.must(err)
			survey, err := h.store.Survey(t.Context(), h.home.ID, id)
			h.must(err)
			b.size(360, 640)
			answersInquiry(b, survey, names)
			answers := h.sent(survey)[0].Answers
			if _, asked := answers[names["where"]]; asked || answers[names["work"]].Text != data.Slug("Жок") {
				t.Errorf("what was hidden is counted: %+v", answers)
			}
			if rows := answers[names["family"]].Rows; len(rows) != 2 || rows[0][names["name"]].Text != "Апам" || rows[1][names["age"]].Text != "7" {
				t.Errorf("the family: %+v", rows)
			}
			if answers[names["part"]].Text != data.Slug("Төмөнкү") || answers[names["street"]].Text != data.Slug("Токтогул") {
				t.Errorf("the home: %+v %+v", answers[names["part"]], answers[names["street"]])
			}
		})
	}
}

func answersInquiry(b *browser, survey data.Survey, names map[string]string) {
	b.t.Helper()
	tick := func(question, choice string) {
		b.tap(`[name="` + names[question] + `"][value="` + data.Slug(choice) + `"]`)
	}
	b.open("/s/" + survey.Word + "?l=ky")
	tick("work", "Ооба")
	b.onwards()
	b.fill(`[name="`+names["where"]+`"]`, "мектепте")
	b.onwards()
	b.at("#f-_more")
	b.press(b.word("button.back")) // to where they work
	b.at(`[name="` + names["where"] + `"]`)
	b.press(b.word("button.back"))
	tick("work", "Жок")
	b.onwards()
	for i, person := range [][2]string{{"Апам", "63"}, {"Уулум", "7"}} {
		b.at("#f-_more")
		b.tap("[name=_more][value=yes]")
		b.onwards()
		b.see(b.word("response.instance", "title", "Үй-бүлө мүчөсү", "n", i+1))
		b.fill(`[name="`+names["name"]+`"]`, person[0])
		b.fill(`[name="`+names["age"]+`"]`, person[1])
		b.looks("person")
		b.onwards()
	}
	b.tap("[name=_more][value=no]")
	b.onwards()
	b.at(`[name="` + names["part"] + `"]`)
	tick("part", "Төмөнкү")
	b.tap(".acts .main")
	b.see(b.word("response.came"), "Токтогул")
	b.looks("streets")
	if manas, _ := js[bool](b, `document.body.innerText.includes("Манас")`); manas {
		b.t.Error("a street of the other part is offered")
	}
	tick("street", "Токтогул")
	b.onwards()
	b.at("#receipt")
}

// The whole builder without any script.
func TestStoryTheBuilderWorksWithoutScripts(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.scripts(false)
	b.signIn(data.Staff)
	b.open(h.path("round/surveys/new"))
	b.press(b.word("survey.create"))
	b.see(b.word("survey.findings.none"))
	at := b.address()
	b.open(at + "/build")
	count := func(n int) {
		b.until(strconv.Itoa(n)+" lines", `document.querySelectorAll(".build > li").length === `+strconv.Itoa(n))
	}
	more := func(name, do string) {
		b.tap("#q-" + name + " details summary")
		b.tap(`#q-` + name + ` [value="` + do + ":" + name + `"]`)
		b.see(b.word("survey.build.done." + do))
	}
	lines, _ := js[int](b, `document.querySelectorAll(".build > li").length`)
	b.tap("#up-else")
	b.see(b.word("survey.build.done.up"))
	b.tap("#down-else")
	b.see(b.word("survey.build.done.down"))
	more("else", "copy")
	count(lines + 1)
	more("else", "wrap")
	count(lines + 2)
	more("group", "unwrap")
	count(lines + 1)
	b.looks("plain-build")
	b.tap("#q-else_2 details summary")
	b.tap(`#q-else_2 a[href$="/delete"]`)
	b.press(b.word("button.delete"))
	count(lines)
	b.tap("#q-else .ask")
	b.fill("#f-label-ky", "Дагы эмне айтасыз?")
	b.fill("#f-label-ru", "")
	b.puts()
	b.see("Дагы эмне айтасыз?")
	b.open(at)
	b.see(b.word("survey.untranslated", "n", 1, "lang", "Русский"))
	b.tap(`a[href*="only=missing"]`)
	b.fill(`[name^="q/else"]`, "Что ещё скажете?")
	b.tap("#translate form .btn.main")
	b.see(b.word("survey.translate.saved"))
	b.looks("plain-translated")
	b.open(at + "/try")
	b.press(b.word("button.start"))
	b.see("Кайсы айылда жашайсыз?")
	b.open(at)
	b.press(b.word("survey.open"))
	b.see(b.word("survey.phase.open"))
}
