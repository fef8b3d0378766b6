package handlers_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"ashar/data"
	"ashar/data/form"
	"ashar/handlers"
)

// asked is an open survey of the round with questions of every kind.
func (h *house) asked() data.Survey {
	h.t.Helper()
	now := time.Now()
	v := data.Survey{ID: handlers.Mint(), Round: h.round.ID, Word: "akmuz", Door: data.DoorBoth, Help: "0555 12-34-56", Closes: "2099-05-31", Results: "2099-06-15", Created: now, By: h.accounts[data.Staff].ID,
		Title: data.Text{KY: "Айылыңызга эмне керек?", RU: "Что нужно вашему селу?", EN: "What does your village need?"}}
	f := paperForm()
	h.must(h.store.AddSurvey(h.t.Context(), h.home.ID, v, f, data.Event{}))
	kept, err := h.store.Survey(h.t.Context(), h.home.ID, v.ID)
	h.must(err)
	filled := handlers.Filling{Villages: h.villages, Scheme: h.round.Scheme, Problems: h.problems}.Fill(f, h.words)
	h.must(h.store.OpenSurvey(h.t.Context(), h.home.ID, kept, filled, v.By, now, data.Event{}))
	kept, err = h.store.Survey(h.t.Context(), h.home.ID, v.ID)
	h.must(err)
	return kept
}

// paperForm has a question of every kind that people see.
func paperForm() form.Form {
	q := func(name string, kind form.Kind, ky, ru, en string, change ...func(*form.Question)) form.Question {
		one := form.Question{Name: name, Kind: kind, Label: data.Text{KY: ky, RU: ru, EN: en}}
		for _, c := range change {
			c(&one)
		}
		return one
	}
	list := func(name string) func(*form.Question) { return func(q *form.Question) { q.List = name } }
	when := func(condition string) func(*form.Question) { return func(q *form.Question) { q.Relevant = condition } }
	choice := func(name, ky, ru, en string) form.Choice {
		return form.Choice{Name: name, Label: data.Text{KY: ky, RU: ru, EN: en}}
	}
	refusable := func(q *form.Question) { q.Refusable = true }
	return form.Form{
		Languages: data.Languages,
		Intro: data.Text{KY: "Жоопторуңузду айыл өкмөтүнүн кызматкерлери гана көрөт. Атыңызды жазбаңыз. Жыйынтыгы жыйында айтылат.",
			RU: "Ваши ответы увидят только сотрудники айыл окмоту. Имя не пишите. Итоги объявят на сходе.", EN: "Only the staff of the municipality see your answers. Do not write your name. The results are told at the assembly."},
		Thanks: data.Text{KY: "Жообуңуз айылдын планына кирет.", RU: "Ваш ответ войдёт в план села.", EN: "Your answer goes into the plan of the village."},
		Questions: []form.Question{
			q("agree", form.Consent, "Сурамжылоого катышууга макулсузбу?", "Вы согласны участвовать?", "Do you agree to take part?", func(q *form.Question) { q.Required = true }),
			q("village", form.Village, "Кайсы айылда жашайсыз?", "В каком селе вы живёте?", "Which village do you live in?"),
			q("sex", form.Sex, "Сиз", "Вы", "You are", refusable),
			q("age", form.Band, "Жашыңыз", "Ваш возраст", "Your age", refusable),
			q("water", form.One, "Сууну кайдан аласыз?", "Откуда вы берёте воду?", "Where does your water come from?", list("sources")),
			q("far", form.Decimal, "Суу канча чакырым алыс?", "Сколько километров до воды?", "How many kilometres is it to the water?", when("${water} = 'river'")),
			q("people", form.Integer, "Үйдө канча киши жашайт?", "Сколько человек живёт дома?", "How many people live at home?"),
			q("have", form.Many, "Көчөңүздө эмне бар?", "Что есть на вашей улице?", "What is there in your street?", list("street")),
			q("needs", form.Rank, "Эмне эң керек?", "Что нужнее всего?", "What is needed most?", list("needs"), func(q *form.Question) { q.Top = 3 }),
			q("beans", form.Points, "Он төө буурчакты бөлүштүрүңүз", "Разделите десять фасолин", "Share out ten beans", list("needs"), func(q *form.Question) { q.Points = 10 }),
			q("pairs", form.Pairs, "Экөөнүн кайсынысы керегирээк?", "Что из двух нужнее?", "Which of the two is needed more?", list("street")),
			q("mark", form.Range, "Канчалык ыраазысыз? 1 – такыр, 5 – абдан", "Насколько вы довольны? 1 – совсем нет, 5 – очень", "How satisfied are you? 1 not at all, 5 very", func(q *form.Question) { q.From, q.To = 1, 5 }),
			q("rate", form.Matrix, "Булар кандай?", "Как вы их оцените?", "How good are these?", list("street"), func(q *form.Question) { q.Marks = "marks" }),
			q("since", form.Date, "Качантан бери жашайсыз?", "С какого дня вы здесь живёте?", "Since when do you live here?"),
			q("street", form.Text, "Көчөңүздүн аты", "Название вашей улицы", "The name of your street"),
			q("words", form.Long, "Дагы эмне айткыңыз келет?", "Что ещё вы хотите сказать?", "What else would you like to say?"),
			q("note", form.Note, "Эми балдарыңыз жөнүндө.", "Теперь о ваших детях.", "Now about your children."),
			{Name: "child", Kind: form.Repeat, Label: data.Text{KY: "Бала", RU: "Ребёнок", EN: "Child"}, Questions: []form.Question{
				q("years", form.Integer, "Жашы", "Сколько лет?", "How old?"),
				q("school", form.One, "Мектепке барабы?", "Ходит в школу?", "Goes to school?", list("yesno"), when("${years} >= 6")),
			}},
		},
		Lists: []form.List{
			{Name: "sources", Choices: []form.Choice{choice("tap", "Көчөдөгү крандан", "Из крана на улице", "A tap in the street"), choice("well", "Кудуктан", "Из колодца", "A well"), choice("river", "Дарыядан же арыктан", "Из реки или арыка", "The river or a ditch")}},
			{Name: "street", Choices: []form.Choice{choice("light", "Жарык", "Освещение", "Lights"), choice("asphalt", "Асфальт", "Асфальт", "Asphalt"), choice("shop", "Дүкөн", "Магазин", "A shop")}},
			{Name: "marks", Choices: []form.Choice{choice("bad", "Жаман", "Плохо", "Bad"), choice("fair", "Орто", "Средне", "Fair"), choice("good", "Жакшы", "Хорошо", "Good")}},
			{Name: "yesno", Choices: []form.Choice{choice("yes", "Ооба", "Да", "Yes"), choice("no", "Жок", "Нет", "No")}},
			{Name: "needs", Problems: true},
		},
	}
}

// prints checks that a page fits on sheets of A4, and keeps the PDF where pictures
// are wanted.
func (b *browser) prints(name string, most int) {
	b.t.Helper()
	var printed []byte
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		result, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)})
		printed = result.Data
		return err
	}))
	pages := bytes.Count(printed, []byte("/Type /Page\n"))
	if pages == 0 || pages > most {
		b.t.Errorf("%s (%s) takes %d pages of A4, at most %d were wanted", name, b.l.Code(), pages, most)
	}
	if folder := os.Getenv("ASHAR_SCREENSHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, b.t.Name()+"-"+name+"-"+b.l.Code()+".pdf"), printed, 0o644); err != nil {
			b.t.Error(err)
		}
		b.media("print")
		b.size(703, 1030) // of A4 within its margins
		b.shot(name + "-printed")
		b.size(800, 1280)
		b.media("")
	}
}

// media is what the page is drawn for: the screen, or "print".
func (b *browser) media(kind string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind})
		return err
	}))
}

func TestStoryPaperGoesOutAndComesBack(t *testing.T) {
	h := newHouse(t).lived()
	v := h.asked()
	at := h.path("surveys/" + v.ID.String())
	b := h.opens(t)
	b.signIn(data.Staff)
	for _, lang := range data.Languages {
		b.speak(lang, at+"/poster")
		b.see(v.Title.Exact(lang))
		b.looks("poster")
		b.prints("poster", 1)
		b.open(at + "/paper")
		b.looks("paper")
		b.prints("paper", 4)
	}
	b.speak("ky", at+"/codes")
	b.see(b.word("survey.codes.none"))
	b.looks("codes")
	b.fill("[name=n]", "20")
	b.fill("[name=purpose]", "Бала бакчадагы чогулуш")
	b.press(b.word("survey.codes.make"))
	b.see(b.word("survey.codes.now"))
	b.looks("codes-sheet")
	b.prints("codes-sheet", 2)
	b.open(at + "/paper")
	b.fill("[name=n]", "2")
	b.fill("[name=purpose]", "Ак-Муздагы чогулуш")
	b.fill("[name=village]", h.villages[0].ID.String())
	b.tap("form button.btn.main")
	b.see(b.word("survey.paper.ready", "n", 2))
	b.looks("sheets")
	b.prints("sheets", 8)
	typesItIn(b, at, data.Facilitator, "3", "4")
	typesItIn(b, at, data.Staff, "1", "4")
	b.see(b.word("survey.typing.look", "n", 2))
	b.looks("differences")
	b.tap(`label:has([name="q.water"][value="1"])`)
	b.tap(`label:has([name="q.far"][value="1"])`)
	b.press(b.word("survey.typing.settle"))
	b.see(b.word("survey.typing.kept", "number", data.SheetNumber(1)), b.word("survey.typing.same"))
	b.looks("typed")
	list, err := h.store.ResponsesOnPaper(t.Context(), h.home.ID, v.ID)
	h.must(err)
	if len(list) != 1 || list[0].Answers["water"].Text != "river" || list[0].Answers["far"].Text != "1.5" {
		t.Errorf("kept %+v", list)
	}
}

// typesItIn is somebody with a keypad who types the first sheet in.
func typesItIn(b *browser, at string, role data.Role, water, people string) {
	b.t.Helper()
	b.press(b.house.accounts[data.Staff].Name)
	b.press(b.word("button.sign_out"))
	b.until("they are out", `!document.querySelector("details.menu")`)
	b.signIn(role)
	b.open(at + "/entry")
	b.see(b.word("survey.typing.title"))
	b.fill("[name=sheet]", "12")
	b.may("422")
	b.press(b.word("survey.typing.start"))
	b.see(b.word("survey.typing.digit"))
	b.looks("number-wrong")
	b.fill("[name=sheet]", data.SheetNumber(1))
	b.press(b.word("survey.typing.start"))
	b.at(`[name="q.water"]`)
	b.looks("sheet")
	fields := []string{"q.agree", "1", "q.sex", "1", "q.age", "2", "q.water", water, "q.far", "1,5", "q.people", people, "q.have", "1 3", "q.mark", "4", "q.since", "09031999"}
	for i := 0; i < len(fields); i += 2 {
		b.fill(`[name="`+fields[i]+`"]`, fields[i+1])
	}
	b.fill(`[name="q.needs/`+b.house.problems[0].ID.String()+`"]`, "1")
	b.tap("form .row button.btn.main")
	b.until("it is kept", `!document.querySelector('[name="q.people"]')`)
}
