// Package report writes results as PDF, on the server and without a browser: the
// figures and tables of package chart, on sheets that can be hung on a wall.
//
// Package layout is ours: lines are broken and things are placed here, in points
// of A4, with the widths of the letters that are printed. The library only writes
// the file, so that every picture stays vectors and every letter stays text.
//
// The accessible version of a report is the page it was made from, in HTML: the
// library writes no tags for screen readers. What it can do is done: the language,
// the title, a table of contents, text in its reading order.
package report

import (
	"fmt"
	"io"
	"time"

	"ashar/templates/chart"
)

// Size is a size of paper.
type Size string

// The sizes. On A3 everything is the same, enlarged.
const (
	A4 Size = "A4"
	A3 Size = "A3"
)

// Document is everything a report says; it has no words of its own.
type Document struct {
	Lang      string // the tag of its language: ky, ru, en
	Title     string // the finding
	Subtitle  string // how many people, the view, the rule
	Synthetic string // what is invented, on top of every page; empty where nothing is
	Sections  []Section
	Footer    string                    // at the foot of every page: what this is, and when it was made
	Page      func(page, of int) string // how a page is numbered; nil leaves the bare figures
	Size      Size
	Made      time.Time // written into the file; nothing here reads a clock
}

// Section is a part of a report. Whatever is empty is left out.
type Section struct {
	Heading string
	Lead    string        // the message, in larger letters
	Text    []string      // paragraphs
	Lists   []List        // two beside each other
	Figure  *chart.Figure // its heading, its note and its drawing
	Table   *chart.Table  // printed last; of a figure, most often its own
	Break   bool          // begins a page
}

// List is an order in words, as women or men have it.
type List struct {
	Name string // whose it is
	N    string // how many they are, below the name
	Rows []Item
}

// Item is a row of a list. Its mark and its score are short; longer ones are cut.
type Item struct {
	Mark  string // the rank: 2=
	Title string // up to four lines of it are printed
	Score string
}

// Write writes a document as PDF. The same document gives the same bytes. It fails
// for an unknown size of paper, and where w does.
func Write(w io.Writer, d Document) error {
	enlarged, known := map[Size]float64{A4: 1, A3: long / short}[d.Size]
	if !known {
		return fmt.Errorf("report: no paper of size %q", d.Size)
	}
	sheets, err := layOut(d)
	if err != nil {
		return err
	}
	p, err := newPen(d, enlarged)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		p.print(s)
	}
	return p.output(w)
}

func layOut(d Document) ([]*sheet, error) {
	l, err := newLayout(&d)
	if err != nil {
		return nil, err
	}
	l.begin(len(d.Sections) > 0 && l.measured(d.Sections[0]).lies())
	l.title()
	for i, s := range d.Sections {
		l.section(s, i == 0)
	}
	l.footers()
	return l.sheets, nil
}
