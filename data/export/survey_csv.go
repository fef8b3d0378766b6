package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"ashar/data"
)

// MachineCSV writes the responses for machines: names in the place of labels,
// commas, every text as it is. A spreadsheet may take a text for a formula.
func (s *Survey) MachineCSV(w io.Writer) error {
	return s.csv(csvWriter(w), voice{}, line)
}

// SpreadsheetCSV writes the same for people who open it in a spreadsheet:
// labels in their language, a byte order mark and semicolons, and texts that
// would be taken for a formula made harmless.
func (s *Survey) SpreadsheetCSV(w io.Writer, lang string, words Words) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csvWriter(w)
	out.Comma, out.UseCRLF = ';', true
	return s.csv(out, voice{lang, words}, Harmless)
}

// csvWriter hands on what it writes in pieces that are worth packing and sending.
func csvWriter(w io.Writer) *csv.Writer { return csv.NewWriter(bufio.NewWriterSize(w, 64<<10)) }

func (s *Survey) csv(out *csv.Writer, v voice, text func(string) string) error {
	columns := s.columns()
	var head []string
	for _, name := range s.heads(columns, v) {
		head = append(head, text(name))
	}
	_ = out.Write(head) // the writer keeps its first error
	row, cells := make([]string, len(head)), make([]any, 0, len(head))
	for r, err := range s.Responses {
		if err != nil {
			return err
		}
		cells = s.line(cells[:0], columns, &r, v)
		for i, cell := range cells {
			row[i] = csvCell(cell, text)
			if _, fraction := cell.(float64); fraction && v.comma() {
				row[i] = strings.Replace(row[i], ".", ",", 1)
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvCell(cell any, text func(string) string) string {
	switch cell := cell.(type) {
	case nil:
		return ""
	case string:
		if simple(cell) {
			return cell
		}
		return text(cell)
	case int:
		return strconv.Itoa(cell)
	case float64:
		return strconv.FormatFloat(cell, 'f', -1, 64)
	}
	return fmt.Sprint(cell)
}

// simple tells whether a text is a name of ours, which needs no cleaning: most
// cells are, and cleaning them takes longer than writing them.
func simple(s string) bool {
	for i := range len(s) {
		b := s[i]
		if !(b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || i > 0 && (b == '_' || b == '-')) {
			return false
		}
	}
	return true
}

func (s *Survey) heads(columns []column, v voice) []string {
	heads := s.factHeads(v)
	for _, c := range columns {
		if v.machine() {
			heads = append(heads, c.name())
		} else {
			heads = append(heads, c.head(v))
		}
	}
	return heads
}

// line adds the cells of a response to others.
func (s *Survey) line(cells []any, columns []column, r *data.Response, v voice) []any {
	cells = s.facts(cells, r, v)
	var said data.Answer
	var asked bool
	for i := range columns {
		c := &columns[i]
		if i == 0 || c.asked != columns[i-1].asked || c.row != columns[i-1].row {
			said, asked = c.answer(r) // once for all columns of a question
		}
		cells = append(cells, c.cell(r.Version, &said, asked, v))
	}
	return cells
}

// JSON writes the survey for machines: its questions, then its responses, one
// at a time. A question that is not among the answers was not asked.
func (s *Survey) JSON(w io.Writer) error {
	head, err := json.Marshal(map[string]any{"title": s.Title, "questions": s.codebook()})
	if err != nil {
		return err
	}
	// the object goes on with the responses
	if _, err := w.Write(append(head[:len(head)-1], `,"responses":[`...)); err != nil {
		return err
	}
	first := true
	for r, err := range s.Responses {
		if err != nil {
			return err
		}
		one := jsonResponse{Response: pseudonym(&r), Answers: r.Answers}
		cells := s.facts(nil, &r, voice{})
		one.Day, one.Version, one.Lang, one.Tier, one.State = cells[1], r.Version, r.Lang, r.Tier, r.State
		one.Village, one.Sex, one.Band = cells[6], cells[7], cells[8]
		if s.Weight != nil {
			one.Weight = cells[9]
		}
		text, err := json.Marshal(one)
		if err != nil {
			return err
		}
		if !first {
			text = append([]byte(",\n"), text...)
		}
		first = false
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}

// jsonResponse is a response as JSON writes it. The names are a promise.
type jsonResponse struct {
	Response string       `json:"response"`
	Day      any          `json:"day"`
	Version  int          `json:"version"`
	Lang     string       `json:"language"`
	Tier     data.Tier    `json:"tier"`
	State    data.State   `json:"state"`
	Village  any          `json:"village"`
	Sex      any          `json:"sex"`
	Band     any          `json:"band"`
	Weight   any          `json:"weight,omitempty"`
	Answers  data.Answers `json:"answers"`
}
