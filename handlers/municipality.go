package handlers

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// showHome leads everybody to where their work is.
func (s *Server) showHome(c *gin.Context) error {
	a := account(c)
	switch {
	case a.ID.Zero():
		c.Redirect(http.StatusSeeOther, "/sign-in")
		return nil
	case a.Role == data.Administrator:
		c.Redirect(http.StatusSeeOther, "/municipalities")
		return nil
	}
	list, err := s.store.Municipalities(c)
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.ID == a.Municipality {
			c.Redirect(http.StatusSeeOther, "/"+m.Slug)
			return nil
		}
	}
	return data.ErrMissing
}

// municipalitiesView is all municipalities, and the form for one more.
type municipalitiesView struct {
	ID       data.ID
	Name     data.Text
	Slug     string
	Current  []municipalityLine
	Archived []municipalityLine
}

type municipalityLine struct {
	Name     string
	Slug     string
	Invented bool
	Rounds   int
}

func (s *Server) municipalities(c *gin.Context, status int, view municipalitiesView, bad ...data.Bad) error {
	list, err := s.store.Municipalities(c)
	if err != nil {
		return err
	}
	for _, m := range list {
		rounds, err := s.store.Rounds(c, m.ID)
		if err != nil {
			return err
		}
		name, _ := m.Name.In(words(c).Code())
		line := municipalityLine{name, m.Slug, m.Invented, len(rounds)}
		if m.Archived {
			view.Archived = append(view.Archived, line)
		} else {
			view.Current = append(view.Current, line)
		}
	}
	return s.page(c, status, "municipalities", view, bad...)
}

func (s *Server) showMunicipalities(c *gin.Context) error {
	return s.municipalities(c, http.StatusOK, municipalitiesView{ID: s.Mint()})
}

func (s *Server) addMunicipality(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	m := data.Municipality{ID: f.birth(s.Mint), Name: f.texts("name"), Slug: f.line("slug"), Created: s.Now()}
	if m.Slug == "" {
		name, _ := m.Name.In("ky")
		m.Slug = data.Slug(name)
	}
	f.join(m.Check())
	view := municipalitiesView{ID: m.ID, Name: m.Name, Slug: m.Slug}
	if f.bad != nil {
		return s.municipalities(c, http.StatusUnprocessableEntity, view, f.bad)
	}
	err = s.store.AddMunicipality(c, m, s.event(c, "municipality.add", m.ID, m.Slug))
	if errors.Is(err, data.ErrConflict) {
		if kept, err := s.store.Municipality(c, m.Slug); err == nil && kept.ID == m.ID {
			return s.done(c, "/"+m.Slug, nil) // the same form again
		}
		f.bad.Add("slug", "error.taken")
		return s.municipalities(c, http.StatusUnprocessableEntity, view, f.bad)
	}
	if err != nil {
		return err
	}
	return s.done(c, "/"+m.Slug, nil)
}

// municipalityView is the first page of a municipality: its rounds.
type municipalityView struct {
	Rounds   []roundLine
	Archived []roundLine
	Villages int
	May      mayView
}

// mayView says which buttons a page offers; the door decides again.
type mayView struct{ SetUp, Record, Read bool }

func may(c *gin.Context) mayView {
	a := account(c)
	return mayView{a.May(staff.roles...), a.May(recorders.roles...), a.May(readers.roles...)}
}

type roundLine struct {
	ID       data.ID
	Address  string
	Name     string
	Frozen   bool
	Sessions int
	Starts   data.Date
	Ends     data.Date
}

func (s *Server) showMunicipality(c *gin.Context) error {
	rounds, err := s.store.Rounds(c, home(c))
	if err != nil {
		return err
	}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	view := municipalityView{Villages: len(villages), May: may(c)}
	for _, r := range rounds {
		sessions, err := s.store.Sessions(c, home(c), r.ID)
		if err != nil {
			return err
		}
		line := roundLine{r.ID, under(c, "rounds", r.ID.String()), r.Name, !r.Frozen.IsZero(), len(sessions), r.Starts, r.Ends}
		if r.Archived {
			view.Archived = append(view.Archived, line)
		} else {
			view.Rounds = append(view.Rounds, line)
		}
	}
	return s.page(c, http.StatusOK, "municipality", view)
}

// municipalityFormView is the form of a municipality's name and address.
type municipalityFormView struct {
	Name     data.Text
	Slug     string
	Archived bool
	Empty    bool // it can be deleted
}

func (s *Server) municipalityForm(c *gin.Context, status int, m data.Municipality, bad ...data.Bad) error {
	rounds, err := s.store.Rounds(c, home(c))
	if err != nil {
		return err
	}
	return s.page(c, status, "municipality_form", municipalityFormView{m.Name, m.Slug, m.Archived, len(rounds) == 0}, bad...)
}

func (s *Server) showMunicipalityForm(c *gin.Context) error {
	return s.municipalityForm(c, http.StatusOK, municipality(c))
}

func (s *Server) saveMunicipality(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	m := municipality(c)
	m.Name, m.Slug = f.texts("name"), f.line("slug")
	f.join(m.Check())
	if f.bad == nil {
		err := s.store.SaveMunicipality(c, m, s.event(c, "municipality.save", m.ID, m.Slug))
		switch {
		case errors.Is(err, data.ErrConflict):
			f.bad.Add("slug", "error.taken")
		case err != nil:
			return err
		default:
			return s.done(c, "/"+m.Slug, nil)
		}
	}
	return s.municipalityForm(c, http.StatusUnprocessableEntity, m, f.bad)
}

func (s *Server) archiveMunicipality(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	m := municipality(c)
	m.Archived = f.has("archived")
	action := "municipality.unarchive"
	if m.Archived {
		action = "municipality.archive"
	}
	if err := s.store.SaveMunicipality(c, m, s.event(c, action, m.ID, m.Slug)); err != nil {
		return err
	}
	return s.done(c, "/municipalities", nil)
}

func (s *Server) deleteMunicipality(c *gin.Context) error {
	m := municipality(c)
	if err := s.store.DeleteMunicipality(c, m.ID, s.event(c, "municipality.delete", m.ID, m.Slug)); err != nil {
		return err
	}
	return s.done(c, "/municipalities", nil)
}
