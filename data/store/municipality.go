package store

import (
	"context"
	"database/sql"
	"slices"

	"ashar/data"
)

const municipalityColumns = `SELECT id, slug, name, invented, archived, created, stamp FROM municipality`

func scanMunicipality(rows *sql.Rows, m *data.Municipality) error {
	var created int64
	err := rows.Scan(&m.ID, &m.Slug, &m.Name, &m.Invented, &m.Archived, &created, &m.Stamp)
	m.Created = moment(created)
	return err
}

// Municipalities are all of them, oldest first.
func (s *Store) Municipalities(ctx context.Context) ([]data.Municipality, error) {
	return all(reader{s, ctx}, scanMunicipality, municipalityColumns+` ORDER BY created, id`)
}

// Municipality finds one by the word in its address.
func (s *Store) Municipality(ctx context.Context, slug string) (data.Municipality, error) {
	return first(reader{s, ctx}, scanMunicipality, municipalityColumns+` WHERE slug = $1`, slug)
}

// AddMunicipality keeps a new municipality; a slug that is taken is a conflict.
func (s *Store) AddMunicipality(ctx context.Context, m data.Municipality, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.addMunicipality(m); err != nil {
			return err
		}
		return t.event(m.ID, e)
	})
}

func (t tx) addMunicipality(m data.Municipality) error {
	_, err := t.exec(`INSERT INTO municipality (id, slug, name, invented, archived, created, stamp) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		m.ID, m.Slug, m.Name, m.Invented, m.Archived, millis(m.Created), t.s.mint())
	return err
}

// SaveMunicipality changes its name, its word in addresses and whether it is
// archived.
func (s *Store) SaveMunicipality(ctx context.Context, m data.Municipality, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.one(`UPDATE municipality SET slug = $2, name = $3, invented = $4, archived = $5, stamp = $6 WHERE id = $1`,
			m.ID, m.Slug, m.Name, m.Invented, m.Archived, t.s.mint()); err != nil {
			return err
		}
		return t.event(m.ID, e)
	})
}

// DeleteMunicipality removes one that has no rounds and no accounts; else it is
// a conflict.
func (s *Store) DeleteMunicipality(ctx context.Context, id data.ID, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		var used int
		if err := t.row(`SELECT (SELECT COUNT(*) FROM round WHERE municipality_id = $1) + (SELECT COUNT(*) FROM account WHERE municipality_id = $1)`, id).Scan(&used); err != nil {
			return err
		}
		if used > 0 {
			return data.ErrConflict
		}
		for _, statement := range []string{
			`DELETE FROM population WHERE municipality_id = $1`,
			`DELETE FROM village WHERE municipality_id = $1`,
		} {
			if _, err := t.exec(statement, id); err != nil {
				return err
			}
		}
		if err := t.one(`DELETE FROM municipality WHERE id = $1`, id); err != nil {
			return err
		}
		return t.event(data.ID{}, e)
	})
}

func scanVillage(rows *sql.Rows, v *data.Village) error { return rows.Scan(&v.ID, &v.Name) }

// Villages of a municipality, in the order in which they were added.
func (s *Store) Villages(ctx context.Context, municipality data.ID) ([]data.Village, error) {
	return all(reader{s, ctx}, scanVillage, `SELECT id, name FROM village WHERE municipality_id = $1 ORDER BY id`, municipality)
}

// SaveVillage keeps a village, new or renamed.
func (s *Store) SaveVillage(ctx context.Context, municipality data.ID, v data.Village, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.saveVillage(municipality, v, data.ID{}); err != nil {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

func (t tx) saveVillage(municipality data.ID, v data.Village, by data.ID) error {
	_, err := t.exec(`INSERT INTO village (municipality_id, id, name, import_id) VALUES ($1, $2, $3, $4)
		ON CONFLICT (municipality_id, id) DO UPDATE SET name = excluded.name`, municipality, v.ID, v.Name, by)
	return err
}

// DeleteVillage removes a village that no session was held in and no survey asks
// for; else it is a conflict.
func (s *Store) DeleteVillage(ctx context.Context, municipality, id data.ID, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		var used int
		if err := t.row(`SELECT (SELECT COUNT(*) FROM session WHERE municipality_id = $1 AND village_id = $2)
			+ (SELECT COUNT(*) FROM code WHERE municipality_id = $1 AND village_id = $2)
			+ (SELECT COUNT(*) FROM printing WHERE municipality_id = $1 AND village_id = $2)
			+ (SELECT COUNT(*) FROM survey_version WHERE municipality_id = $1 AND form LIKE $3)`, municipality, id, "%"+id.String()+"%").Scan(&used); err != nil {
			return err
		}
		if used > 0 {
			return data.ErrConflict
		}
		if _, err := t.exec(`DELETE FROM population WHERE municipality_id = $1 AND village_id = $2`, municipality, id); err != nil {
			return err
		}
		if err := t.one(`DELETE FROM village WHERE municipality_id = $1 AND id = $2`, municipality, id); err != nil {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

func scanPopulation(rows *sql.Rows, p *data.Population) error {
	return rows.Scan(&p.Village, &p.Sex, &p.Band, &p.People)
}

// Population of a municipality: all figures that are known, full ones and
// margins.
func (s *Store) Population(ctx context.Context, municipality data.ID) ([]data.Population, error) {
	return all(reader{s, ctx}, scanPopulation, `SELECT village_id, sex, band, people FROM population WHERE municipality_id = $1`, municipality)
}

// SavePopulation replaces all figures of the villages named: those not among
// the figures become unknown again.
func (s *Store) SavePopulation(ctx context.Context, municipality data.ID, villages []data.ID, figures []data.Population, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		for _, v := range villages {
			if err := t.hasVillage(municipality, v); err != nil {
				return err
			}
			if _, err := t.exec(`DELETE FROM population WHERE municipality_id = $1 AND village_id = $2`, municipality, v); err != nil {
				return err
			}
		}
		for _, p := range figures {
			if !slices.Contains(villages, p.Village) {
				return data.ErrInvalid
			}
			if _, err := t.exec(`INSERT INTO population (municipality_id, village_id, sex, band, people) VALUES ($1, $2, $3, $4, $5)`,
				municipality, p.Village, p.Sex, p.Band, p.People); err != nil {
				return err
			}
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// hasVillage wants a village to be the municipality's; the zero one always is.
func (t tx) hasVillage(municipality, village data.ID) error {
	if village.Zero() {
		return nil
	}
	return translate(t.row(`SELECT 1 FROM village WHERE municipality_id = $1 AND id = $2`, municipality, village).Scan(new(int)))
}
