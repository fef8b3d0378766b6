package handlers_test

import (
	"time"

	"ashar/data"
	"ashar/data/form"
	"ashar/handlers"
)

// bulak is a survey as a resident meets it: who they are, what their village
// needs, and a question that only some are asked.
func (h *house) bulak(whole bool) data.Survey {
	h.t.Helper()
	three := func(ky, ru, en string) data.Text { return data.Text{KY: ky, RU: ru, EN: en} }
	var villages, problems, bands []form.Choice
	for _, v := range h.villages {
		villages = append(villages, form.Choice{Name: v.ID.String(), Label: v.Name})
	}
	for _, p := range h.problems {
		problems = append(problems, form.Choice{Name: p.ID.String(), Label: p.Title, Problem: p.ID})
	}
	for _, b := range h.round.Scheme.Bands {
		bands = append(bands, form.Choice{Name: string(b), Label: three(string(b), string(b), string(b))})
	}
	f := form.Form{Languages: []string{"ky", "ru", "en"}, Whole: whole,
		Intro:  three("Жоопторуңузду айыл өкмөтүнүн кызматкерлери гана окуйт.", "Ваши ответы прочтут только сотрудники айыл окмоту.", "Only the staff of the municipality read your answers."),
		Thanks: three("Жыйында айтабыз.", "Расскажем на сходе.", "We will tell the assembly."),
		Questions: []form.Question{
			{Name: "need", Kind: form.Rank, List: "problems", Top: 3, Required: true, Label: three("Айылыңызга эң керектүү үч нерсени иреттеңиз", "Расставьте три самых важных дела для села", "Put the three things your village needs most in order")},
			{Name: "village", Kind: form.Village, Label: three("Кайсы айылда жашайсыз?", "В каком селе вы живёте?", "In which village do you live?")},
			{Name: "who", Kind: form.Group, Together: true, Label: three("Өзүңүз жөнүндө", "О себе", "About you"), Questions: []form.Question{
				{Name: "sex", Kind: form.Sex, Refusable: true, Label: three("Жынысыңыз", "Ваш пол", "Your sex")},
				{Name: "band", Kind: form.Band, Refusable: true, Label: three("Жаш курагыңыз", "Ваш возраст", "Your age")},
				{Name: "job", Kind: form.One, List: "yesno", Label: three("Иштейсизби?", "Вы работаете?", "Do you work?")},
				{Name: "where", Kind: form.Text, Required: true, Relevant: "${job} = 'yes'", Label: three("Кайда?", "Где?", "Where?")}}},
			{Name: "beans", Kind: form.Points, List: "problems", Points: 10, Label: three("Он төө буурчакты бөлүштүрүңүз", "Разложите десять фасолин", "Share out ten beans")},
			{Name: "rate", Kind: form.Matrix, List: "problems", Marks: "marks", Label: three("Азыр кандай?", "Как сейчас?", "How is it now?")},
			{Name: "duel", Kind: form.Pairs, List: "yesno", Label: three("Кайсынысы?", "Что из двух?", "Which of the two?")},
			{Name: "mood", Kind: form.Range, From: 1, To: 5, Label: three("Айылыңызга канча баа бересиз?", "Как вы оцените село?", "How do you rate the village?")},
			{Name: "say", Kind: form.Long, Refusable: true, Label: three("Дагы эмне айтасыз?", "Что ещё скажете?", "What else would you say?")},
		},
		Lists: []form.List{{Name: form.ListVillages, Choices: villages}, {Name: form.ListBands, Choices: bands}, {Name: "problems", Choices: problems},
			{Name: form.ListSexes, Choices: []form.Choice{{Name: "female", Label: three("аял", "женщина", "woman")}, {Name: "male", Label: three("эркек", "мужчина", "man")}}},
			{Name: "yesno", Choices: []form.Choice{{Name: "yes", Label: three("Ооба", "Да", "Yes")}, {Name: "no", Label: three("Жок", "Нет", "No")}}},
			{Name: "marks", Choices: []form.Choice{{Name: "good", Label: three("жакшы", "хорошо", "good")}, {Name: "bad", Label: three("начар", "плохо", "bad")}}}},
	}
	survey := data.Survey{ID: handlers.Mint(), Round: h.round.ID, Word: "bulak", Title: three("Ак-Музга эмне керек?", "Что нужно Ак-Музу?", "What does Ak-Muz need?"), Door: data.DoorBoth,
		Results: "2027-03-01", Help: "0555 12 34 56", By: h.accounts[data.Staff].ID, Created: time.Now()}
	ctx := h.t.Context()
	h.must(h.store.AddSurvey(ctx, h.home.ID, survey, f, data.Event{}))
	survey, err := h.store.Survey(ctx, h.home.ID, survey.ID)
	h.must(err)
	h.must(h.store.OpenSurvey(ctx, h.home.ID, survey, f, survey.By, time.Now(), data.Event{}))
	return survey
}

// sent are the responses of a survey.
func (h *house) sent(survey data.Survey) (list []data.Response) {
	h.t.Helper()
	for r, err := range h.store.Responses(h.t.Context(), h.home.ID, survey.ID, data.ID{}) {
		h.must(err)
		list = append(list, r)
	}
	return list
}
