package handlers

import (
	"encoding/json"
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/intake"
	"ashar/templates/lang"
)

// ImportReport is what became of a file: what its reader says of it, and what
// it became in the round. It is kept as JSON with the import.
type ImportReport struct {
	intake.Report
	Sessions        int  `json:"sessions"`
	NewMunicipality bool `json:"new_municipality,omitempty"`
	NewRound        bool `json:"new_round,omitempty"`
	NewVillages     int  `json:"new_villages"`
	NewProblems     int  `json:"new_problems"`
}

// warn adds a warning about the file as a whole.
func (r *ImportReport) warn(key string, args ...any) {
	if r.Warned.Counts == nil {
		r.Warned.Counts = map[string]int{}
	}
	r.Warned.Counts[key]++
	r.Warned.Notes = append(r.Warned.Notes, intake.Note{Key: key, Args: args})
}

// reportView is a report in words.
type reportView struct {
	ImportReport
	SexLines  []reportCount
	BandLines []reportCount
	Parts     []reportPart
}

type reportCount struct {
	Label string
	N     int
}

// reportPart is one kind of notes.
type reportPart struct {
	Key   string // refused, warned, mapped, skipped
	N     int
	Notes []reportNote
}

// reportNote is what is said of some lines.
type reportNote struct {
	Text  string
	Lines string // their numbers; empty where it is about the whole file
	More  int    // further lines, of which only the number is said
}

// toMend leaves of a report what keeps the file out. What else there is to say of
// it is said once it can come in.
func (v *reportView) toMend() {
	v.Parts = slices.DeleteFunc(v.Parts, func(p reportPart) bool { return p.Key != "refused" })
}

func reportOf(l *lang.Lang, kept string) (*reportView, error) {
	var r ImportReport
	if err := json.Unmarshal([]byte(kept), &r); err != nil {
		return nil, err
	}
	return newReportView(l, r), nil
}

func newReportView(l *lang.Lang, r ImportReport) *reportView {
	view := &reportView{ImportReport: r}
	for _, n := range r.Sexes {
		key := data.Sex(n.Key)
		if n.Key == data.UnknownSex.Key() {
			key = data.UnknownSex
		}
		view.SexLines = append(view.SexLines, reportCount{sexName(l, key), n.N})
	}
	for _, n := range r.Bands {
		view.BandLines = append(view.BandLines, reportCount{bandName(l, data.Band(n.Key)), n.N})
	}
	for _, p := range []struct {
		key  string
		part intake.Part
	}{{"refused", r.Refused}, {"warned", r.Warned}, {"mapped", r.Mapped}, {"skipped", r.Skipped}} {
		if p.part.Total() > 0 {
			view.Parts = append(view.Parts, reportPart{p.key, p.part.Total(), notesInWords(l, p.part)})
		}
	}
	return view
}

// linesShown is how many numbers of lines are written out for one note.
const linesShown = 30

// notesInWords puts the lines together of which the same is said. Of notes that
// came by the thousand only the first are kept; how many there were is said.
func notesInWords(l *lang.Lang, p intake.Part) (notes []reportNote) {
	at := map[string]int{}
	lines := map[int][]string{}
	kept, last := map[string]int{}, map[string]int{}
	for _, n := range p.Notes {
		text := l.T(n.Key, dashed(l, n.Args)...)
		i, ok := at[text]
		if !ok {
			i = len(notes)
			at[text] = i
			notes = append(notes, reportNote{Text: text})
		}
		kept[n.Key]++
		last[n.Key] = i
		if n.Line > 0 && len(lines[i]) < linesShown {
			lines[i] = append(lines[i], l.Number(n.Line))
		} else if n.Line > 0 {
			notes[i].More++
		}
	}
	for key, i := range last {
		notes[i].More += p.Counts[key] - kept[key]
	}
	for i := range notes {
		notes[i].Lines = strings.Join(lines[i], ", ")
	}
	return notes
}

// dashed are the values of a note, bands written as people do.
func dashed(l *lang.Lang, args []any) []any {
	said := slices.Clone(args)
	for i := 1; i < len(said); i += 2 {
		if band, ok := said[i].(string); ok && said[i-1] == "band" {
			said[i] = bandName(l, data.Band(band))
		}
	}
	return said
}
