package handlers

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ashar/data"
	"ashar/data/intake"
)

// importedSession is one village of a file and its ballots.
type importedSession struct {
	data.Session
	ballots []int32 // index in the file
}

// match finds what the municipality and the round know already, and makes the
// rest.
func (w *importing) match(ctx context.Context) error {
	var problems []data.Problem
	var villages []data.Village
	var err error
	if !w.newMunicipality {
		if villages, err = w.Store.Villages(ctx, w.result.Municipality.ID); err != nil {
			return err
		}
	}
	if !w.newRound {
		if problems, err = w.Store.Problems(ctx, w.result.Municipality.ID, w.result.Round.ID); err != nil {
			return err
		}
	}
	r := &w.result
	r.Import = data.Import{ID: w.in.ID, Round: r.Round.ID, File: shortened(w.in.FileName), Digest: w.file.Digest, State: data.Staged,
		Ballots: len(w.file.Ballots), By: w.By, Created: w.Now()}
	w.matchProblems(problems)
	w.matchVillages(villages)
	r.Report.NewMunicipality, r.Report.NewRound = w.newMunicipality, w.newRound
	r.Report.NewVillages, r.Report.NewProblems, r.Report.Sessions = len(w.villages), len(w.problems), len(w.sessions)
	report, err := json.Marshal(r.Report)
	r.Import.Report = string(report)
	return err
}

// shortened is the name of a file as a session's place can hold it.
func shortened(name string) string {
	runes := []rune(data.Clean(filepath.Base(name)))
	return string(runes[:min(len(runes), data.MaxLine)])
}

// matchProblems gives every problem of the file one of the round: that with its
// id and title, or that with its title, or a new one.
func (w *importing) matchProblems(known []data.Problem) {
	bySource, taken, shorts := map[string][]data.Problem{}, map[data.ID]bool{}, map[uint32]bool{}
	for _, p := range known {
		shorts[p.ID.Short()] = true
		if p.Source != "" {
			bySource[p.Source] = append(bySource[p.Source], p)
		}
	}
	w.problemOf = make([]data.ID, len(w.file.Problems))
	for i, p := range w.file.Problems {
		alike := bySource[p.Source]
		if at := slices.IndexFunc(alike, func(k data.Problem) bool { return sameText(k.Title, p.Title) }); at >= 0 {
			w.problemOf[i] = alike[at].ID
		} else if at := slices.IndexFunc(alike, func(k data.Problem) bool { return untitled(k, p) }); at >= 0 {
			w.problemOf[i] = alike[at].ID
		} else if len(alike) > 0 {
			had, _ := alike[0].Title.In(w.lang)
			w.result.Report.warn("import.warned.problem.title", "id", p.Source, "title", p.Title, "had", had)
		}
		taken[w.problemOf[i]] = true
	}
	for i, p := range w.file.Problems {
		if !w.problemOf[i].Zero() {
			continue
		}
		at := slices.IndexFunc(known, func(k data.Problem) bool { return !taken[k.ID] && sameProblem(k, p) })
		if at >= 0 {
			w.problemOf[i] = known[at].ID
			taken[known[at].ID] = true
			continue
		}
		added := data.Problem{ID: w.Mint(), Round: w.result.Round.ID, Source: p.Source, Created: w.Now()}
		for shorts[added.ID.Short()] {
			added.ID = w.Mint()
		}
		shorts[added.ID.Short()] = true
		added.Title.Put(w.lang, p.Title)
		w.problems = append(w.problems, added)
		w.problemOf[i] = added.ID
	}
}

// untitled tells whether of two problems with one id only one says a title. Two
// that say different ones are two: files count their projects from 1 alike, and
// what is made one here could not be told apart again, while two can be merged.
func untitled(known data.Problem, p intake.Problem) bool {
	return p.Title == p.Source || sameText(known.Title, known.Source)
}

// sameProblem tells whether two problems without a common id are one by their
// title. Two with an id of their own each are two, whatever they are called.
func sameProblem(known data.Problem, p intake.Problem) bool {
	title, _ := known.Title.In("ky")
	own := known.Source != "" && known.Source != title && p.Source != p.Title
	return !own && slices.ContainsFunc(data.Languages, func(lang string) bool { return known.Title.Exact(lang) == p.Title })
}

// matchVillages gives every village of the file one of the municipality, and
// makes a session for each. Voters without a village vote in one that is named
// after the municipality.
func (w *importing) matchVillages(known []data.Village) {
	villageOf := make([]data.ID, len(w.file.Villages))
	for i, name := range w.file.Villages {
		text := w.result.Municipality.Name
		if name != "" {
			text = data.Text{}
			text.Put(w.lang, name)
		} else {
			name, _ = text.In("ky")
		}
		at := slices.IndexFunc(known, func(v data.Village) bool { return sameText(v.Name, name) })
		if at < 0 {
			at = len(known)
			known = append(known, data.Village{ID: w.Mint(), Name: text})
			w.villages = append(w.villages, known[at])
		}
		villageOf[i] = known[at].ID
	}
	sessionOf := map[data.ID]int{}
	for i, b := range w.file.Ballots {
		village := villageOf[b.Village]
		at, ok := sessionOf[village]
		if !ok {
			at = len(w.sessions)
			sessionOf[village] = at
			w.sessions = append(w.sessions, importedSession{Session: data.Session{ID: w.Mint(), Round: w.result.Round.ID, Village: village,
				Place: w.result.Import.File, Date: w.date(), Form: w.file.Form, Top: w.file.Top, Closed: true,
				Import: w.result.Import.ID, By: w.By, Created: w.result.Import.Created}})
		}
		w.sessions[at].ballots = append(w.sessions[at].ballots, int32(i))
	}
}

// date is the day on which the voting ended, as the file says, or today.
func (w *importing) date() data.Date {
	said := strings.TrimSpace(w.file.Meta["date_end"])
	for _, layout := range []string{"02.01.2006", time.DateOnly} {
		if t, err := time.Parse(layout, said); err == nil {
			return data.Date(t.Format(time.DateOnly))
		}
	}
	return data.Date(w.Now().In(w.Zone).Format(time.DateOnly))
}
