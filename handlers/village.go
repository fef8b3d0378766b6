package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/chart"
)

// villagesView is the villages of a municipality, each with the form to rename
// it, and one to add another.
type villagesView struct {
	ID       data.ID // of the next one
	Name     data.Text
	Edited   data.ID // the one whose form was sent last, and is not right yet
	Villages []data.Village
}

func (s *Server) villages(c *gin.Context, status int, view villagesView, bad ...data.Bad) error {
	var err error
	if view.Villages, err = s.store.Villages(c, home(c)); err != nil {
		return err
	}
	return s.page(c, status, "villages", view, bad...)
}

func (s *Server) showVillages(c *gin.Context) error {
	return s.villages(c, http.StatusOK, villagesView{ID: s.Mint()})
}

// saveVillage adds a village or renames one: its ID says which.
func (s *Server) saveVillage(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	v := data.Village{ID: f.birth(s.Mint), Name: f.texts("name")}
	f.join(v.Check())
	if f.bad != nil {
		return s.villages(c, http.StatusUnprocessableEntity, villagesView{ID: v.ID, Name: v.Name, Edited: v.ID}, f.bad)
	}
	name, _ := v.Name.In("ky")
	if err := s.store.SaveVillage(c, home(c), v, s.event(c, "village.save", v.ID, name)); err != nil {
		return err
	}
	return s.done(c, under(c, "villages"), s.showVillages)
}

func (s *Server) deleteVillage(c *gin.Context) error {
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	err = s.store.DeleteVillage(c, home(c), id, s.event(c, "village.delete", id, ""))
	if errors.Is(err, data.ErrConflict) {
		var bad data.Bad
		bad.Add("", "village.used")
		return s.villages(c, http.StatusConflict, villagesView{ID: s.Mint()}, bad)
	}
	if err != nil {
		return err
	}
	return s.done(c, under(c, "villages"), s.showVillages)
}

// populationView is a table for each village, and one for the whole: sexes down,
// bands across, margins at the ends. Empty cells are not known.
type populationView struct {
	Bands  []bandHead
	Tables []populationTable
	Saved  bool
}

type bandHead struct {
	Band  data.Band
	Label string
}

type populationTable struct {
	Village string // ID; empty for the whole municipality
	Name    string
	Open    bool
	Rows    []populationRow
}

type populationRow struct {
	Label string
	Class string
	Cells []populationCell
}

type populationCell struct {
	Field string
	Label string
	Value string
	Total bool
	Error string
}

// bandsOf are the bands that the population is asked by: those of the newest
// round, else those proposed for a new one.
func (s *Server) bandsOf(c *gin.Context) ([]data.Band, error) {
	rounds, err := s.store.Rounds(c, home(c))
	if err != nil {
		return nil, err
	}
	for _, r := range rounds {
		if len(r.Scheme.Bands) > 0 {
			return r.Scheme.Bands, nil
		}
	}
	return data.ParseBands(usualBands)
}

// cellName names the cell of a village, sex and band in the form.
func cellName(village data.ID, sex data.Sex, band data.Band) string {
	v := ""
	if !village.Zero() {
		v = village.String()
	}
	return "n." + v + "." + string(sex) + "." + string(band)
}

// population shows the tables with what was typed, or what is known.
func (s *Server) population(c *gin.Context, status int, typed func(field string) (string, bool), bad data.Bad) error {
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	bands, err := s.bandsOf(c)
	if err != nil {
		return err
	}
	figures, err := s.store.Population(c, home(c))
	if err != nil {
		return err
	}
	known := map[string]string{}
	for _, p := range figures {
		known[cellName(p.Village, p.Sex, p.Band)] = strconv.Itoa(p.People)
	}
	value := func(field string) string {
		if v, ok := typed(field); ok {
			return v
		}
		return known[field]
	}
	l := words(c)
	view := populationView{Saved: bad == nil && c.Query("saved") != ""}
	for _, b := range bands {
		view.Bands = append(view.Bands, bandHead{b, chart.BandName(l, b)})
	}
	whole, _ := municipality(c).Name.In(l.Code())
	view.Tables = append(view.Tables, s.populationTable(c, data.ID{}, l.T("population.whole", "name", whole), bands, value, bad))
	for _, v := range villages {
		name, _ := v.Name.In(l.Code())
		view.Tables = append(view.Tables, s.populationTable(c, v.ID, name, bands, value, bad))
	}
	if !slices.ContainsFunc(view.Tables, func(t populationTable) bool { return t.Open }) {
		view.Tables[0].Open = true // where nothing is known yet, it begins with the whole
	}
	return s.page(c, status, "population", view, bad)
}

func (s *Server) populationTable(c *gin.Context, village data.ID, name string, bands []data.Band, value func(string) string, bad data.Bad) populationTable {
	l := words(c)
	t := populationTable{Name: name}
	if !village.Zero() {
		t.Village = village.String()
	}
	for _, sex := range []data.Sex{data.Female, data.Male, data.UnknownSex} {
		row := populationRow{Label: l.T("sex." + sex.Key()), Class: groupClass(data.Scheme{Sexes: true}, data.Group{Sex: sex})}
		if sex == data.UnknownSex {
			row = populationRow{Label: l.T("population.all"), Class: "group-all"}
		}
		for _, band := range append(slices.Clone(bands), "") {
			field := cellName(village, sex, band)
			cell := populationCell{Field: field, Value: value(field), Total: band == "" || sex == data.UnknownSex, Label: name + ", " + row.Label + ", " + l.T("population.all")}
			if band != "" {
				cell.Label = name + ", " + row.Label + ", " + chart.BandName(l, band)
			}
			if fault, ok := bad[field]; ok {
				cell.Error = l.T(fault.Key, fault.Args...)
			}
			t.Open = t.Open || cell.Value != ""
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (s *Server) showPopulation(c *gin.Context) error {
	return s.population(c, http.StatusOK, func(string) (string, bool) { return "", false }, nil)
}

// savePopulation keeps the figures of every village on the page, all or none.
func (s *Server) savePopulation(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	ids := []data.ID{{}}
	for _, v := range villages {
		ids = append(ids, v.ID)
	}
	var figures []data.Population
	for field := range c.Request.PostForm {
		if p, ok := f.figure(field); ok && slices.Contains(ids, p.Village) {
			figures = append(figures, p)
		}
	}
	if f.bad != nil {
		typed := func(field string) (string, bool) { return f.text(field), f.has(field) }
		return s.population(c, http.StatusUnprocessableEntity, typed, f.bad)
	}
	if err := s.store.SavePopulation(c, home(c), ids, figures, s.event(c, "population.save", home(c), strconv.Itoa(len(figures)))); err != nil {
		return err
	}
	return s.done(c, under(c, "population")+"?saved=1", s.showPopulation)
}

// figure reads one cell of the population; false where it is empty or none.
func (f *form) figure(field string) (data.Population, bool) {
	parts := strings.Split(field, ".")
	if len(parts) != 4 || parts[0] != "n" || f.line(field) == "" {
		return data.Population{}, false
	}
	var p data.Population
	if parts[1] != "" {
		id, err := data.ParseID(parts[1])
		if err != nil {
			return p, false
		}
		p.Village = id
	}
	p.Sex, p.Band, p.People = data.Sex(parts[2]), data.Band(parts[3]), f.number(field)
	if p.People < 0 || p.People > 10_000_000 {
		f.bad.Add(field, "error.range", "min", 0, "max", 10_000_000)
	}
	return p, true
}
