package store

import (
	"testing"

	"ashar/data"
)

func TestMunicipalityIsKeptAndChanged(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		m := data.Municipality{ID: mint(), Slug: "ak-muz", Name: data.Text{KY: "Ак-Муз", RU: "Ак-Муз", EN: "Ak-Muz"}, Invented: true, Created: noon}
		must(t, s.AddMunicipality(t.Context(), m, event("municipality.add")))
		is := got(s.Municipality(t.Context(), "ak-muz"))(t)
		if is.Stamp.Zero() {
			t.Error("a new municipality has no stamp")
		}
		m.Stamp = is.Stamp
		same(t, m, is)

		m.Slug, m.Name.KY, m.Invented, m.Archived = "ak-muz-2", "Ак-Муз айыл аймагы", false, true
		must(t, s.SaveMunicipality(t.Context(), m, event("municipality.save")))
		list := got(s.Municipalities(t.Context()))(t)
		if len(list) != 1 || list[0].Stamp == m.Stamp {
			t.Fatalf("a changed municipality has its old stamp: %v", list)
		}
		m.Stamp = list[0].Stamp
		same(t, []data.Municipality{m}, list)
		_, err := s.Municipality(t.Context(), "ak-muz")
		refused(t, data.ErrMissing, err)
	})
}

func TestSlugBelongsToOneMunicipality(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		one, two := data.Municipality{ID: mint(), Slug: "one", Created: noon}, data.Municipality{ID: mint(), Slug: "two", Created: noon}
		must(t, s.AddMunicipality(t.Context(), one, event("municipality.add")))
		refused(t, data.ErrConflict, s.AddMunicipality(t.Context(), data.Municipality{ID: mint(), Slug: "one"}, event("municipality.add")))
		must(t, s.AddMunicipality(t.Context(), two, event("municipality.add")))
		two.Slug = "one"
		refused(t, data.ErrConflict, s.SaveMunicipality(t.Context(), two, event("municipality.save")))
		refused(t, data.ErrMissing, s.SaveMunicipality(t.Context(), data.Municipality{ID: mint(), Slug: "three"}, event("municipality.save")))
	})
}

func TestOnlyEmptyMunicipalityIsDeleted(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		refused(t, data.ErrConflict, s.DeleteMunicipality(t.Context(), w.municipality, event("municipality.delete")))

		staffed := mint()
		must(t, s.AddMunicipality(t.Context(), data.Municipality{ID: staffed, Slug: "staffed"}, event("municipality.add")))
		must(t, s.AddAccount(t.Context(), data.Account{ID: mint(), Municipality: staffed, Login: "aigul", Role: data.Staff}, event("account.add")))
		refused(t, data.ErrConflict, s.DeleteMunicipality(t.Context(), staffed, event("municipality.delete")))

		empty := mint()
		must(t, s.AddMunicipality(t.Context(), data.Municipality{ID: empty, Slug: "empty"}, event("municipality.add")))
		v := data.Village{ID: mint(), Name: data.Text{KY: "Айыл"}}
		must(t, s.SaveVillage(t.Context(), empty, v, event("village.add")))
		must(t, s.SavePopulation(t.Context(), empty, []data.ID{v.ID}, []data.Population{{Village: v.ID, People: 5}}, event("population.save")))
		must(t, s.DeleteMunicipality(t.Context(), empty, event("municipality.delete")))
		refused(t, data.ErrMissing, s.DeleteMunicipality(t.Context(), empty, event("municipality.delete")))
		if n := len(got(s.Municipalities(t.Context()))(t)); n != 2 {
			t.Errorf("%d municipalities, want 2", n)
		}
	})
}

func TestVillagesAreAddedRenamedAndDeleted(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		second := data.Village{ID: mint(), Name: data.Text{KY: "Төмөнкү"}}
		must(t, s.SaveVillage(t.Context(), w.municipality, second, event("village.add")))
		w.village.Name.EN = "Jangy-Aiyl"
		must(t, s.SaveVillage(t.Context(), w.municipality, w.village, event("village.save")))
		same(t, []data.Village{w.village, second}, got(s.Villages(t.Context(), w.municipality))(t))

		refused(t, data.ErrConflict, s.DeleteVillage(t.Context(), w.municipality, w.village.ID, event("village.delete")))
		must(t, s.DeleteVillage(t.Context(), w.municipality, second.ID, event("village.delete")))
		refused(t, data.ErrMissing, s.DeleteVillage(t.Context(), w.municipality, second.ID, event("village.delete")))
		same(t, []data.Village{w.village}, got(s.Villages(t.Context(), w.municipality))(t))
	})
}

func TestPopulationOfNamedVillagesIsReplaced(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		whole, v := data.ID{}, w.village.ID
		save := func(villages []data.ID, figures ...data.Population) error {
			return s.SavePopulation(t.Context(), w.municipality, villages, figures, event("population.save"))
		}
		must(t, save([]data.ID{whole, v},
			data.Population{People: 900}, data.Population{Village: v, Sex: data.Female, Band: "18-28", People: 120}, data.Population{Village: v, Sex: data.Male, People: 300}))
		must(t, save([]data.ID{v}, data.Population{Village: v, Band: "61+", People: 44}))
		is := map[data.Population]bool{}
		for _, p := range got(s.Population(t.Context(), w.municipality))(t) {
			is[p] = true
		}
		same(t, map[data.Population]bool{{People: 900}: true, {Village: v, Band: "61+", People: 44}: true}, is)

		refused(t, data.ErrInvalid, save([]data.ID{v}, data.Population{People: 1}))
		refused(t, data.ErrConflict, save([]data.ID{v}, data.Population{Village: v, People: 1}, data.Population{Village: v, People: 2}))
		if n := len(got(s.Population(t.Context(), w.municipality))(t)); n != 2 {
			t.Errorf("a refused save left %d figures, want the 2 of before", n)
		}
	})
}

func TestStartersAndSettingsAreReplaced(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		first := []data.Starter{{ID: mint(), Title: data.Text{KY: "Суу"}, Issue: 2, Competence: data.OfAimak}, {ID: mint(), Title: data.Text{KY: "Мектеп"}, Issue: 9}}
		must(t, s.SaveStarters(t.Context(), first, event("starter.save")))
		same(t, first, got(s.Starters(t.Context()))(t))
		must(t, s.SaveStarters(t.Context(), first[1:], event("starter.save")))
		same(t, first[1:], got(s.Starters(t.Context()))(t))

		same(t, "", got(s.Setting(t.Context(), "secret"))(t))
		must(t, s.SaveSetting(t.Context(), "secret", "one"))
		must(t, s.SaveSetting(t.Context(), "secret", "two"))
		same(t, "two", got(s.Setting(t.Context(), "secret"))(t))
	})
}
