package export

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"ashar/data"
	"ashar/data/form"
)

// mostRows is how many lines a sheet holds.
const mostRows = 1_048_576

// XLSX writes a workbook: the responses with labels in a language, and the
// codebook. Texts are texts, even those that look like a formula. Lines that a
// sheet cannot hold go on in the next one.
func (s *Survey) XLSX(w io.Writer, lang string, words Words) error {
	f := excelize.NewFile()
	defer f.Close() // what it keeps on disk goes with it
	book := workbook{file: f, words: words, taken: map[string]bool{}}
	if err := book.styles(); err != nil {
		return err
	}
	v := voice{lang, words}
	columns := s.columns()
	sheet := surveySheet{book: &book, head: s.heads(columns, v), name: words("survey.responses")}
	for r, err := range s.Responses {
		if err != nil {
			return err
		}
		if err := sheet.add(s.line(nil, columns, &r, v)); err != nil {
			return err
		}
	}
	if err := sheet.end(); err != nil {
		return err
	}
	codes := surveySheet{book: &book, head: codebookHeads(words), name: words("survey.codebook")}
	for _, line := range s.codebook() {
		if err := codes.add(line.cells(v)); err != nil {
			return err
		}
	}
	if err := codes.end(); err != nil {
		return err
	}
	return f.Write(w)
}

// columnWidth lets a day, a village and most answers be read whole; heads are
// wrapped in it.
const columnWidth = 20

// surveySheet is a sheet under way.
type surveySheet struct {
	book   *workbook
	head   []string
	name   string
	stream *excelize.StreamWriter
	row    int
}

func (s *surveySheet) begin() error {
	name := s.book.name(s.name)
	var err error
	if len(s.book.taken) == 1 {
		err = s.book.file.SetSheetName(s.book.file.GetSheetName(0), name)
	} else {
		_, err = s.book.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if s.stream, err = s.book.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: cell(2), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := s.stream.SetColWidth(1, len(s.head), columnWidth); err != nil {
		return err
	}
	head := make([]any, len(s.head))
	for i, h := range s.head {
		head[i] = excelize.Cell{StyleID: s.book.head, Value: line(h)}
	}
	s.row = 1
	return s.stream.SetRow(cell(1), head)
}

func (s *surveySheet) add(cells []any) error {
	if s.row == mostRows {
		if err := s.end(); err != nil {
			return err
		}
	}
	if s.stream == nil {
		if err := s.begin(); err != nil {
			return err
		}
	}
	for i, c := range cells {
		if text, ok := c.(string); ok {
			cells[i] = excelize.Cell{Value: data.Clean(text)} // a text, whatever it begins with
		}
	}
	s.row++
	return s.stream.SetRow(cell(s.row), cells)
}

// end finishes the sheet; one with no lines has its head alone.
func (s *surveySheet) end() error {
	if s.stream == nil {
		if err := s.begin(); err != nil {
			return err
		}
	}
	err := s.stream.Flush()
	s.stream = nil
	return err
}

// codeLine is a line of the codebook: a question, or one of its choices.
type codeLine struct {
	Name   string    `json:"name"`
	Kind   form.Kind `json:"kind"`
	Repeat string    `json:"repeat,omitempty"`
	Label  data.Text `json:"label"`
	Part   string    `json:"part,omitempty"` // choice or mark
	Code   string    `json:"code,omitempty"`
	Means  data.Text `json:"means,omitzero"`
}

// codebook tells what every name in the files stands for.
func (s *Survey) codebook() (lines []codeLine) {
	for i := range s.Asked {
		a := &s.Asked[i]
		question := codeLine{Name: a.Name, Kind: a.Kind, Repeat: a.Repeat, Label: a.Label}
		lines = append(lines, question)
		for _, list := range []struct {
			part    string
			choices []form.Choice
		}{{"choice", a.Choices}, {"mark", a.Marks}} {
			for _, c := range list.choices {
				one := question
				one.Part, one.Code, one.Means = list.part, c.Name, c.Label
				lines = append(lines, one)
			}
		}
	}
	return lines
}

func codebookHeads(words Words) []string {
	var heads []string
	for _, key := range []string{"name", "kind", "repeat", "label", "part", "code", "means_ky", "means_ru", "means_en"} {
		heads = append(heads, words("export.survey."+key))
	}
	return heads
}

func (c codeLine) cells(v voice) []any {
	part := ""
	if c.Part != "" {
		part = v.words("export.survey." + c.Part)
	}
	means := c.Means
	if c.Part == "" {
		means = c.Label
	}
	return []any{c.Name, v.words("question.kind." + string(c.Kind)), c.Repeat, v.text(c.Label, c.Name), part, c.Code, means.KY, means.RU, means.EN}
}

// CodebookCSV writes the codebook for a spreadsheet.
func (s *Survey) CodebookCSV(w io.Writer, lang string, words Words) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	write := func(cells []any) {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = csvCell(c, Harmless)
		}
		_ = out.Write(row) // the writer keeps its first error
	}
	var head []any
	for _, h := range codebookHeads(words) {
		head = append(head, h)
	}
	write(head)
	for _, one := range s.codebook() {
		write(one.cells(voice{lang, words}))
	}
	out.Flush()
	return out.Error()
}

// Repeats are the most instances of each repeat that anybody gave.
func Repeats(t *form.Tally) map[string]int {
	most := map[string]int{}
	for at, asked := range t.Asked {
		if asked.Kind != form.Repeat {
			continue
		}
		for text := range t.Sum(at, func(form.Cell) bool { return true }).Values {
			if n, err := strconv.Atoi(text); err == nil {
				most[asked.Name] = max(most[asked.Name], n)
			}
		}
	}
	return most
}
