package export

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// XLSX writes a workbook: a sheet with everybody from the first document, and
// one for each document that is broken down. Numbers are numbers; texts are
// texts, even those that look like a formula.
func XLSX(w io.Writer, words Words, first Document, more ...Document) error {
	f := excelize.NewFile()
	defer f.Close() // nothing of it is on disk
	book := workbook{file: f, words: words, taken: map[string]bool{}}
	if err := book.styles(); err != nil {
		return err
	}
	if err := book.sheet(words("ranking.title"), first.top(words), first.overall(words)); err != nil {
		return err
	}
	for _, d := range append([]Document{first}, more...) {
		heads := d.groupHeads(words)
		if len(heads) == 0 {
			continue
		}
		if err := book.sheet(strings.Join(heads, ", "), d.top(words), d.long(words)); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// workbook is a file under way.
type workbook struct {
	file  *excelize.File
	words Words
	taken map[string]bool
	bold  int
	head  int // of columns whose heads are long
	score int // the format of scores
}

func (b *workbook) styles() (err error) {
	if b.bold, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	wrapped := excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}
	if b.head, err = b.file.NewStyle(&wrapped); err != nil {
		return err
	}
	format := "0.000"
	b.score, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	return err
}

// sheet writes one sheet: what must be known on top, then the table, its head
// frozen.
func (b *workbook) sheet(name string, top []string, r rows) error {
	name = b.name(name)
	if len(b.taken) == 1 {
		if err := b.file.SetSheetName(b.file.GetSheetName(0), name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	s, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	head := len(top) + 2
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: cell(head + 1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := s.SetColWidth(3, 3, 44); err != nil {
		return err
	}
	for i, line := range top {
		if err := s.SetRow(cell(i+1), []any{b.styled(line, i == 0)}); err != nil {
			return err
		}
	}
	return b.table(s, head, r)
}

func (b *workbook) table(s *excelize.StreamWriter, row int, r rows) error {
	head := make([]any, len(r.head))
	for i, h := range r.head {
		head[i] = b.styled(h, true)
	}
	if err := s.SetRow(cell(row), head); err != nil {
		return err
	}
	for i, line := range r.lines {
		for j, v := range line {
			switch v := v.(type) {
			case share:
				line[j] = excelize.Cell{StyleID: b.score, Value: fifteen(float64(v))}
			case float64:
				line[j] = fifteen(v)
			}
		}
		if err := s.SetRow(cell(row+1+i), line); err != nil {
			return err
		}
	}
	return s.Flush()
}

// fifteen rounds a number to the digits that a spreadsheet keeps; the rest would
// be cut off.
func fifteen(f float64) float64 {
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	return f
}

func (b *workbook) styled(text string, bold bool) excelize.Cell {
	if bold {
		return excelize.Cell{StyleID: b.bold, Value: text}
	}
	return excelize.Cell{Value: text}
}

// cell is the address of the first cell of a row.
func cell(row int) string { return "A" + strconv.Itoa(row) }

// name is a name that a sheet may have: 31 letters, some signs not, no two the
// same.
func (b *workbook) name(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, name)
	short := []rune(name)
	for n := 2; ; n++ {
		end := ""
		if n > 2 {
			end = " " + strconv.Itoa(n-1)
		}
		try := string(short[:min(len(short), 31-len(end))]) + end
		if key := strings.ToLower(try); !b.taken[key] {
			b.taken[key] = true
			return try
		}
	}
}
