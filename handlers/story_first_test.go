package handlers_test

import (
	"strings"
	"testing"
	"time"

	"ashar/data"
	"ashar/handlers"
)

func TestStoryAnAdministratorSetsUpAMunicipalityAndAFacilitatorComesIn(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b := h.opens(t)
		setsUp(b)
		addsMunicipality(b)
		addsVillages(b)
		countsPeople(b)
		addsRound(b)
		link := givesAccount(b)
		comesIn(h.opens(t), link)
	})
}

// setsUp follows the link that the server says when it starts for the first
// time.
func setsUp(b *browser) {
	b.t.Helper()
	path, err := handlers.NewSetUp(b.t.Context(), b.house.store, time.Now())
	b.house.must(err)
	b.open(path)
	b.see(b.word("account.set_up.title"))
	b.looks("set-up")
	b.fill("[name=name]", "Нурлан Асанов")
	b.fill("[name=login]", "nurlan")
	b.fill("[name=password]", "кыска")
	b.may("status of 422")
	b.press(b.word("account.password.save"))
	b.see(b.word("account.password.short", "min", 15))
	b.looks("set-up-refused")
	b.fill("[name=password]", strings.TrimSpace(b.text(".phrase")))
	b.press(b.word("account.password.save"))
	b.see(b.word("municipality.list.empty"))
	b.looks("municipalities-empty")
}

func addsMunicipality(b *browser) {
	b.t.Helper()
	b.fill(`[name="name.ky"]`, "Ак-Муз")
	b.fill(`[name="name.ru"]`, "Ак-Муз")
	b.press(b.word("municipality.add"))
	b.see(b.word("village.empty"))
	b.looks("municipality-empty")
}

func addsVillages(b *browser) {
	b.t.Helper()
	b.press(b.word("village.add"))
	b.see(b.word("village.help"))
	b.looks("villages-empty")
	for _, name := range []string{"Ак-Муз", "Терек-Суу"} {
		b.fill(`form.card [name="name.ky"]`, name)
		b.press(b.word("village.add"))
		b.until(name+" is in the list", `[...document.querySelectorAll("summary")].some((one) => one.innerText.trim() === `+quote(name)+`)`)
	}
	b.looks("villages")
}

func countsPeople(b *browser) {
	b.t.Helper()
	b.press(b.word("nav.population"))
	b.see(b.word("population.help"))
	b.looks("population")
	b.fill("tbody tr:first-child td:nth-of-type(1) input", "12x")
	b.press(b.word("button.save"))
	b.see(b.word("error.number"))
	b.looks("population-refused")
	b.fill("tbody tr:first-child td:nth-of-type(1) input", "120")
	b.press(b.word("button.save"))
	b.see(b.word("population.saved"))
	b.until("the figure is kept", `document.querySelector("tbody tr:first-child td:nth-of-type(1) input").value === "120"`)
	b.press("Ак-Муз")
	b.see(b.word("round.empty"))
}

func addsRound(b *browser) {
	b.t.Helper()
	b.press(b.word("round.add"))
	b.see(b.word("round.form.help"))
	b.looks("round-form")
	b.fill("[name=name]", "2027")
	b.press(b.word("round.add.save"))
	b.see(b.word("round.help"))
	b.looks("round")
}

// givesAccount makes an account for a facilitator and takes the one-time link
// from the page.
func givesAccount(b *browser) string {
	b.t.Helper()
	b.open("/accounts")
	b.looks("accounts")
	b.press(b.word("account.add"))
	b.fill("[name=name]", "Айгүл Токтогулова")
	b.fill("[name=login]", "aigul")
	b.press(b.word("role.facilitator"))
	b.looks("account-new")
	list, err := b.house.store.Municipalities(b.t.Context())
	b.house.must(err)
	b.fill("[name=municipality]", list[0].ID.String())
	b.press(b.word("account.add.save"))
	b.see(b.word("account.link.title"))
	b.looks("account-link")
	return b.text(".link-out code")
}

// comesIn is the facilitator with the link, at a browser of her own.
func comesIn(b *browser, link string) {
	b.t.Helper()
	b.open(link)
	b.see("Айгүл Токтогулова", "aigul")
	b.looks("password")
	b.fill("[name=password]", password)
	b.press(b.word("account.password.save"))
	b.see("2027")
	b.looks("facilitators-municipality")
	b.open("/accounts")
	b.may("status of 403")
	b.see(b.word("error.403.title"))
	b.open(link)
	b.may("status of 404")
	b.see(b.word("error.404.title"))
}

func TestStoryAFormSentAfterTheVisitEndedGoesOnWithWhatWasTyped(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.signIn(data.Staff)
	b.open(h.path("villages"))
	b.fill(`form.card:not(details form) [name="name.ky"]`, "Кызыл-Туу")
	h.ends(data.Staff)
	b.may("status of 401")
	b.press(b.word("village.add"))
	b.see(b.word("account.sign_in.carried"))
	b.looks("sign-in-carried")
	b.credentials(data.Staff)
	b.see(b.word("account.carry.title"))
	b.looks("carry")
	b.press(b.word("account.carry.send"))
	b.until("the village is in the list", `[...document.querySelectorAll("summary")].some((one) => one.innerText.trim() === "Кызыл-Туу")`)
}
