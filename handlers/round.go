package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// roundFormView is the form of a round.
type roundFormView struct {
	ID       data.ID // the round that is copied or changed
	New      bool
	Copy     bool
	Address  string
	Round    data.Round
	Bands    string
	Tags     string
	Preset   string
	Presets  []option
	Forms    []formChoice
	Views    []option
	Rule     ruleTyped
	Frozen   bool
	FrozenAt time.Time
	FrozenBy string
	Empty    bool // it can be deleted
}

type formChoice struct {
	Value, Label, Help string
	Chosen             bool
}

func (s *Server) roundForm(c *gin.Context, status int, view roundFormView, bad ...data.Bad) error {
	l, r := words(c), view.Round
	for _, p := range s.presets() {
		view.Presets = append(view.Presets, option{p.key, l.T("scheme." + p.key), l.T("scheme." + p.key + ".help")})
	}
	for _, f := range data.Forms {
		view.Forms = append(view.Forms, formChoice{string(f), l.T("form." + string(f)), l.T("form." + string(f) + ".help"), slices.Contains(r.Forms, f)})
	}
	for _, v := range data.Views {
		view.Views = append(view.Views, option{string(v), l.T("view." + string(v)), l.T("view." + string(v) + ".help")})
	}
	if !view.Rule.Sent {
		view.Rule = ruleOf(l, r.Rule)
	}
	view.Rule.Open = ruleWrong(bad)
	view.Frozen = !r.Frozen.IsZero()
	view.FrozenAt, view.FrozenBy = s.frozen(c, r)
	return s.page(c, status, "round_form", view, bad...)
}

func schemeOf(r data.Round, lang string) (bands, tags string) {
	lines := make([]string, len(r.Scheme.Tags))
	for i, t := range r.Scheme.Tags {
		lines[i], _ = t.Name.In(lang)
	}
	return strings.ReplaceAll(data.JoinBands(r.Scheme.Bands), ",", ", "), strings.Join(lines, "\n")
}

// showNewRound begins with a preset: the form without scripts is one page, and
// choosing another preset shows it again.
func (s *Server) showNewRound(c *gin.Context) error {
	r := data.Round{ID: s.Mint(), Forms: data.Forms, Rule: data.DefaultRule(data.Citizens)}
	chosen := c.DefaultQuery("preset", "sex_age")
	for _, p := range s.presets() {
		if p.key == chosen {
			r.Scheme = p.scheme(c)
		}
	}
	bands, tags := schemeOf(r, words(c).Code())
	return s.roundForm(c, http.StatusOK, roundFormView{ID: r.ID, New: true, Round: r, Bands: bands, Tags: tags, Preset: chosen})
}

// fillRound reads a round from the form. Tags are one to a line; a line that
// names a tag of the old scheme keeps its key and its other languages.
func (f *form) fillRound(was data.Round, lang string, sayings []data.Tag) data.Round {
	r := was
	r.Name, r.Starts, r.Ends = f.line("name"), data.Date(f.line("starts")), data.Date(f.line("ends"))
	for field, d := range map[string]data.Date{"starts": r.Starts, "ends": r.Ends} {
		if d != "" && !d.Valid() {
			f.bad.Add(field, "error.date")
		}
	}
	r.Forms = nil
	for _, form := range f.all("forms") {
		if slices.Contains(data.Forms, data.Form(form)) {
			r.Forms = append(r.Forms, data.Form(form))
		}
	}
	if !was.Frozen.IsZero() {
		return r
	}
	r.Rule = f.rule()
	bands, err := data.ParseBands(f.line("bands"))
	if err != nil {
		f.bad.Add("bands", "round.bands.form")
	}
	r.Scheme = data.Scheme{Sexes: f.has("sexes"), Bands: bands, Tags: f.tags(append(was.Scheme.Tags, sayings...), lang)}
	return r
}

func (f *form) tags(known []data.Tag, lang string) []data.Tag {
	var tags []data.Tag
	for line := range strings.SplitSeq(f.text("tags"), "\n") {
		name := strings.TrimSpace(line)
		if name == "" {
			continue
		}
		tag := data.Tag{Key: data.Slug(name)}
		tag.Name.Put(lang, name)
		for _, k := range known {
			if said, _ := k.Name.In(lang); said == name {
				tag = k
			}
		}
		if tag.Key == "" || slices.ContainsFunc(tags, func(t data.Tag) bool { return t.Key == tag.Key }) {
			f.bad.Add("tags", "round.tags.same")
			continue
		}
		tags = append(tags, tag)
	}
	if len(tags) > 40 {
		f.bad.Add("tags", "round.tags.many", "max", 40)
	}
	return tags
}

func (s *Server) addRound(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	l := words(c)
	r := f.fillRound(data.Round{ID: f.birth(s.Mint), Created: s.Now()}, l.Code(), s.sayings(c))
	f.join(r.Check())
	from := f.id("copy")
	if f.bad != nil {
		view := roundFormView{ID: from, New: true, Copy: !from.Zero(), Round: r, Bands: f.text("bands"), Tags: f.text("tags"), Rule: f.ruleTyped(), Preset: f.line("preset")}
		return s.roundForm(c, http.StatusUnprocessableEntity, view, f.bad)
	}
	var problems []data.Problem
	if !from.Zero() {
		if problems, err = s.problemsForCopy(c, from, r.ID); err != nil {
			return err
		}
	}
	if err := s.store.AddRound(c, home(c), r, problems, s.event(c, "round.add", r.ID, r.Name)); err != nil {
		return err
	}
	return s.done(c, under(c, "rounds", r.ID.String()), nil)
}

// problemsForCopy are the problems that a copied round begins with: those that
// stand for themselves, newly born.
func (s *Server) problemsForCopy(c *gin.Context, from, to data.ID) ([]data.Problem, error) {
	problems, err := s.store.Problems(c, home(c), from)
	if err != nil {
		return nil, err
	}
	var own []data.Problem
	for _, p := range problems {
		if p.Into.Zero() {
			p.ID, p.Round, p.Created = s.Mint(), to, s.Now()
			own = append(own, p)
		}
	}
	return own, nil
}

// round is the one in the address, put into the head of the page.
func (s *Server) round(c *gin.Context, current string) (data.Round, error) {
	id, err := param(c, "id")
	if err != nil {
		return data.Round{}, err
	}
	r, err := s.store.Round(c, home(c), id)
	if err == nil {
		inRound(c, r, current)
	}
	return r, err
}

func (s *Server) showRoundForm(c *gin.Context) error {
	r, err := s.round(c, "")
	if err != nil {
		return err
	}
	bands, tags := schemeOf(r, words(c).Code())
	return s.roundForm(c, http.StatusOK, roundFormView{ID: r.ID, Address: under(c, "rounds", r.ID.String()), Round: r, Bands: bands, Tags: tags})
}

func (s *Server) saveRound(c *gin.Context) error {
	was, err := s.round(c, "")
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	r := f.fillRound(was, words(c).Code(), s.sayings(c))
	f.join(r.Check())
	view := roundFormView{ID: r.ID, Address: under(c, "rounds", r.ID.String()), Round: r, Bands: f.text("bands"), Tags: f.text("tags"), Rule: f.ruleTyped()}
	if f.bad == nil {
		err := s.store.SaveRound(c, home(c), r, s.event(c, "round.save", r.ID, r.Name))
		switch {
		case errors.Is(err, data.ErrConflict): // frozen meanwhile
			f.bad.Add("", "round.frozen.meanwhile")
			view.Round, err = s.store.Round(c, home(c), r.ID)
			if err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			return s.done(c, view.Address, nil)
		}
	}
	return s.roundForm(c, http.StatusUnprocessableEntity, view, f.bad)
}

// copyRound shows the form of a new round filled from this one: so a scheme
// that was frozen wrong is mended.
func (s *Server) copyRound(c *gin.Context) error {
	r, err := s.round(c, "")
	if err != nil {
		return err
	}
	from := r.ID
	bands, tags := schemeOf(r, words(c).Code())
	r.ID, r.Frozen, r.FrozenBy, r.Archived = s.Mint(), time.Time{}, data.ID{}, false
	r.Name = words(c).T("round.copy.name", "name", r.Name)
	return s.roundForm(c, http.StatusOK, roundFormView{ID: from, New: true, Copy: true, Round: r, Bands: bands, Tags: tags})
}

func (s *Server) archiveRound(c *gin.Context) error {
	r, err := s.round(c, "")
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	r.Archived = f.has("archived")
	action := "round.unarchive"
	if r.Archived {
		action = "round.archive"
	}
	if err := s.store.SaveRound(c, home(c), r, s.event(c, action, r.ID, r.Name)); err != nil {
		return err
	}
	return s.done(c, "/"+municipality(c).Slug, nil)
}

func (s *Server) deleteRound(c *gin.Context) error {
	r, err := s.round(c, "")
	if err != nil {
		return err
	}
	if err := s.store.DeleteRound(c, home(c), r.ID, s.event(c, "round.delete", r.ID, r.Name)); err != nil {
		return err
	}
	return s.done(c, "/"+municipality(c).Slug, nil)
}
