package intake

import (
	"cmp"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ashar/data"
)

// reading is a file under way.
type reading struct {
	*lines
	file     *File
	people   *people
	problems map[string]int32 // source -> index
	villages map[string]int
	marks    []mark // by problem: where it stands on the ballot at hand
	ballot   int    // number of the ballot at hand
	room     []Choice
}

type mark struct{ ballot, at int }

func newReading(r io.Reader, scheme data.Scheme, progress func(int64)) *reading {
	in := &reading{file: &File{Form: data.Ballots}, people: newPeople(scheme), problems: map[string]int32{}, villages: map[string]int{}}
	in.lines = newLines(r, progress, func(c charset) {
		if c == broken {
			in.warn(in.n, "import.warned.letters")
		} else {
			in.warn(in.n, "import.warned.encoding", "name", string(c))
		}
	})
	return in
}

func (r *reading) warn(line int, key string, args ...any) {
	r.file.Report.Warned.add(line, key, args...)
}

func (r *reading) mapped(line int, key string, args ...any) {
	r.file.Report.Mapped.add(line, key, args...)
}

func (r *reading) skip(line int, key string, args ...any) {
	r.file.Report.Skipped.add(line, key, args...)
}

func (r *reading) refuse(line int, key string, args ...any) {
	r.file.Report.Refused.add(line, key, args...)
}

// stop refuses the file for a reason that makes the rest of it meaningless.
func (r *reading) stop(line int, key string, args ...any) error {
	r.refuse(line, key, args...)
	return errStop
}

// read tells the two kinds of file apart by what stands in them, whatever the
// name says.
func (r *reading) read() error {
	head, err := r.peek()
	switch {
	case err == io.EOF:
		err = r.stop(0, "import.refused.empty")
	case err == nil && strings.EqualFold(strings.Trim(head, "\t ;\""), "meta"):
		err = r.readPB()
	case err == nil:
		err = r.readCSV(head)
	}
	r.file.Report.Lines = r.n
	switch {
	case errors.Is(err, errLarge):
		return r.stop(r.n+1, "import.refused.large", "max", MaxBytes>>20)
	case errors.Is(err, errMany):
		return r.stop(r.n+1, "import.refused.lines", "max", MaxLines)
	case errors.Is(err, errLong):
		return r.stop(r.n+1, "import.refused.field", "max", MaxField)
	}
	return err
}

// records calls f for each record to the end of the file.
func (r *reading) records(f func(fields []string) error) error {
	for {
		fields, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if r.joined > 1 {
			r.warn(r.first, "import.warned.joined", "to", r.n)
		}
		if err := f(fields); err != nil {
			return err
		}
	}
}

// addProblem puts a problem into the file, false where there are too many.
func (r *reading) addProblem(p Problem) (int32, bool) {
	if len(r.file.Problems) == MaxProblems {
		return 0, false
	}
	title, long := cut(p.Title, MaxTitle)
	switch n := len([]rune(p.Title)); {
	case long:
		r.warn(r.first, "import.warned.title.cut", "id", p.Source, "n", n, "max", MaxTitle)
	case n > data.MaxName:
		r.warn(r.first, "import.warned.title.long", "id", p.Source, "n", n, "max", data.MaxName)
	}
	p.Title = title
	i := int32(len(r.file.Problems))
	r.problems[p.Source] = i
	r.file.Problems = append(r.file.Problems, p)
	r.marks = append(r.marks, mark{})
	return i, true
}

// village is the index of a village, -1 where there are too many. Words for
// "none" are the village without a name.
func (r *reading) village(raw string) int {
	name := tidy(raw)
	if nothing(name) {
		name = ""
	}
	i, ok := r.villages[name]
	if ok {
		return i
	}
	short, long := cut(name, data.MaxName)
	switch {
	case long:
		r.warn(r.first, "import.warned.village", "village", name, "max", data.MaxName)
		i = r.village(short)
	case len(r.file.Villages) >= MaxVillages && name != "":
		return -1
	default:
		name = strings.Clone(name)
		i = len(r.file.Villages)
		r.file.Villages = append(r.file.Villages, name)
	}
	r.villages[name] = i
	return i
}

// begin begins a ballot.
func (r *reading) begin(choices []Choice) []Choice {
	r.ballot++
	return choices[:0]
}

// choose adds a choice to the ballot at hand. A problem named twice counts
// once, at its better place, its points added.
func (r *reading) choose(choices []Choice, c Choice) ([]Choice, bool) {
	m := &r.marks[c.Problem]
	if m.ballot != r.ballot {
		*m = mark{r.ballot, len(choices)}
		return append(choices, c), true
	}
	return choices, r.merge(&choices[m.at], c)
}

// merge adds the second naming of a problem to the first, false where the
// points become too many.
func (r *reading) merge(twin *Choice, c Choice) bool {
	r.mapped(r.first, "import.mapped.twice", "id", r.file.Problems[c.Problem].Source)
	twin.Place = min(twin.Place, c.Place)
	twin.Points += c.Points
	if twin.Points > MaxPoints || twin.Points < -MaxPoints {
		r.refuse(r.first, "import.refused.points", "raw", strconv.Itoa(int(twin.Points)))
		twin.Points = 0
		return false
	}
	return true
}

// settle sorts a ballot by place, or by points, and closes the gaps between
// places.
func settle(choices []Choice, byPoints bool) {
	if byPoints {
		for i := range choices {
			choices[i].Place = -choices[i].Points
		}
	}
	slices.SortFunc(choices, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Problem, b.Problem))
	})
	tier, was := int32(0), int32(0)
	for i := range choices {
		if i == 0 || choices[i].Place != was {
			tier++
			was = choices[i].Place
		}
		choices[i].Place = tier
	}
}

// store copies choices to where many ballots lie together, which is leaner than
// a slice for each.
func (r *reading) store(choices []Choice) []Choice {
	if cap(r.room)-len(r.room) < len(choices) {
		r.room = make([]Choice, 0, max(4096, len(choices)))
	}
	from := len(r.room)
	r.room = append(r.room, choices...)
	return r.room[from:len(r.room):len(r.room)]
}

// sum closes the report.
func (r *reading) sum() {
	f := r.file
	f.Tags = r.people.newTags()
	r.people.report(&f.Report)
	f.Report.Kind, f.Report.Title = f.Kind, f.Title
	f.Report.Problems, f.Report.Ballots = len(f.Problems), len(f.Ballots)
	f.Report.people(f.Ballots, r.people.scheme)
	unnamed := 0
	for _, b := range f.Ballots {
		if f.Villages[b.Village] == "" {
			unnamed++
		}
	}
	for _, name := range f.Villages {
		if name != "" {
			f.Report.Villages++
		}
	}
	if unnamed > 0 && f.Report.Villages > 0 {
		r.mapped(0, "import.mapped.village.empty", "n", unnamed)
	}
	if len(f.Ballots) == 0 && f.Report.Refused.Total() == 0 {
		r.refuse(0, "import.refused.none")
	}
}

// base is the name of a file without its folders.
func base(name string) string { return tidy(filepath.Base(name)) }
