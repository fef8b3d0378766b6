package handlers

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/intake"
)

// target finds the municipality and the round, or makes new ones that begin to
// exist when the import is finished.
func (w *importing) target(ctx context.Context) error {
	if err := w.findMunicipality(ctx); err != nil {
		return err
	}
	if err := w.findRound(ctx); err != nil {
		return err
	}
	r := w.result.Round
	switch {
	case w.newRound:
		if bad := r.Check(); bad != nil {
			return refusedForm(bad)
		}
	case r.Archived:
		return refused("import.error.archived")
	case w.in.Bands != nil && !slices.Equal(w.in.Bands, r.Scheme.Bands):
		return refused("import.error.bands", "bands", data.JoinBands(r.Scheme.Bands))
	}
	return nil
}

// refusedForm is the first thing that is wrong with a name that was given.
func refusedForm(bad data.Bad) error {
	for _, field := range []string{"name", "slug"} {
		if f, ok := bad[field]; ok {
			return refused(f.Key, f.Args...)
		}
	}
	return data.ErrInvalid
}

func (w *importing) findMunicipality(ctx context.Context) error {
	all, err := w.Store.Municipalities(ctx)
	if err != nil {
		return err
	}
	switch found := municipalitiesNamed(all, w.in.Municipality); {
	case len(found) == 1:
		w.result.Municipality = found[0]
		return nil
	case len(found) > 1:
		return refused("import.error.municipality.many", "n", len(found))
	}
	name := data.Clean(w.in.Municipality)
	m := data.Municipality{ID: w.Mint(), Name: data.Text{KY: name}, Slug: data.Slug(name), Created: w.Now()}
	if m.Slug == "" {
		m.Slug = "aimak"
	}
	taken := func(slug string) bool {
		return slices.ContainsFunc(all, func(m data.Municipality) bool { return m.Slug == slug })
	}
	for n, word := 2, m.Slug; taken(m.Slug); n++ {
		m.Slug = fmt.Sprint(word, "-", n)
	}
	if bad := m.Check(); bad != nil {
		return refusedForm(bad)
	}
	w.result.Municipality, w.newMunicipality = m, true
	return nil
}

func (w *importing) findRound(ctx context.Context) error {
	rounds, err := w.Store.Rounds(ctx, w.result.Municipality.ID)
	if err != nil {
		return err
	}
	switch found := roundsNamed(rounds, w.in.Round); {
	case len(found) == 1:
		w.result.Round = found[0]
		return nil
	case len(found) > 1:
		return refused("import.error.round.many", "n", len(found))
	}
	bands := w.in.Bands
	if bands == nil {
		if bands, err = data.ParseBands(usualBands); err != nil {
			return err
		}
	}
	w.newRound = true
	w.result.Round = data.Round{ID: w.Mint(), Name: data.Clean(w.in.Round), Scheme: data.Scheme{Sexes: true, Bands: bands}, Forms: data.Forms,
		Rule: data.DefaultRule(data.People), Created: w.Now()}
	return nil
}

// read reads the file. Tags of the file that a new round does not know become
// part of its scheme, and the file is read again.
func (w *importing) read(ctx context.Context) error {
	if err := w.readOnce(ctx); err != nil {
		return err
	}
	if w.newRound && len(w.file.Tags) > 0 {
		for _, name := range w.file.Tags {
			w.addTag(name)
		}
		if _, err := w.in.File.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := w.readOnce(ctx); err != nil {
			return err
		}
	}
	if w.in.ID.Zero() {
		w.in.ID = w.Mint()
	}
	w.ids = make([]data.ID, len(w.file.Ballots))
	for i, b := range w.file.Ballots {
		w.ids[i] = ballotID(w.result.Round.ID, b.Voter)
	}
	return nil
}

func (w *importing) readOnce(ctx context.Context) error {
	file, err := intake.Read(givingUp{ctx, w.in.File}, w.in.FileName, w.result.Round.Scheme, func(done int64) {
		w.progress(stageRead, done, max(done, w.in.Size))
	})
	w.file, w.result.Report.Report = file, file.Report
	if errors.Is(err, data.ErrInvalid) {
		return refused("import.error.refused", "n", file.Report.Refused.Total())
	}
	w.lang = language(file.Meta["language"])
	return err
}

// givingUp is a file whose reading ends when nobody waits for it any more.
type givingUp struct {
	ctx context.Context
	io.Reader
}

func (g givingUp) Read(p []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	return g.Reader.Read(p)
}

// language is ours in which a file says it is written; Kyrgyz where it is
// another or says nothing, for a title has to stand in one of three.
func language(said string) string {
	switch strings.ToLower(said) {
	case "ru", "rus", "russian":
		return "ru"
	case "en", "eng", "english":
		return "en"
	}
	return "ky"
}

// addTag puts a tag of the file into the scheme of the new round.
func (w *importing) addTag(name string) {
	scheme := &w.result.Round.Scheme
	tag := data.Tag{Key: data.Slug(name)}
	tag.Name.Put(w.lang, name)
	word := tag.Key
	if word == "" {
		word = "tag"
	}
	for n := len(scheme.Tags) + 1; tag.Key == "" || slices.ContainsFunc(scheme.Tags, func(t data.Tag) bool { return t.Key == tag.Key }); n++ {
		tag.Key = fmt.Sprint(word, "-", n)
	}
	scheme.Tags = append(scheme.Tags, tag)
}

// ballotID is the ID of a voter's ballot in a round: always the same one, so
// that no voter is counted twice. It is a UUID of version 8, made of a hash.
func ballotID(round data.ID, voter string) (id data.ID) {
	h := sha256.New()
	h.Write(round[:])
	h.Write([]byte("ballot"))
	h.Write([]byte(voter))
	copy(id[:], h.Sum(nil))
	id[6] = 0x80 | id[6]&0x0f
	id[8] = 0x80 | id[8]&0x3f
	return id
}
