package chart

import (
	"cmp"
	"slices"
	"strconv"

	"ashar/data"
	"ashar/templates/lang"
)

// Replay is the count made anew with other groups of the same kind, again and
// again: the page shows all frames beside each other, and replay.js one at a
// time. The part "replay" of the templates prints it.
type Replay struct {
	ID          string // of its element
	Heading     string // the finding
	Note        string // how the frames come about
	Key         string // which bar is dark
	Description string
	Frames      []Frame
	Table       Table
}

// Frame is one re-draw.
type Frame struct {
	Name   string // "3 of 12"
	Rows   []FrameRow
	Height int
	Said   string // its finding, for those who do not see it
}

// FrameRow is one bar of a frame, in units of a view box FrameWidth wide. Key
// is the same for a problem in all frames.
type FrameRow struct {
	Key   string
	Y     int
	Mark  string
	Title string
	Whole string // the whole of a title that was cut
	Bar   int
	Score string
	Led   bool // it is first in the count itself
}

// The frames of a replay.
const (
	FrameWidth = 320
	frameRows  = 6 // more do not fit on a wall
	frameRow   = 32
	frameMost  = 12
	frameMark  = 30 // bars and titles begin here, as the part "frame" knows
)

// Width is how wide the view box of a frame is.
func (Frame) Width() int { return FrameWidth }

// NewReplay makes the frames of the first 12 draws. ids are problems in the
// order of the count itself; draws[k][i] is the score of ids[i] in draw k, 0 to 1.
// Frames show the first six of ids, each frame in its own order and all on the
// same scale. With no draw or fewer than two problems there are no frames.
func NewReplay(l *lang.Lang, titles func(data.ID) string, ids []data.ID, draws [][]float64, id string) Replay {
	draws = draws[:min(frameMost, len(draws))]
	r := Replay{ID: id, Heading: l.T("chart.none"), Description: undefined}
	if len(ids) < 2 || len(draws) == 0 {
		return r
	}
	led := 0
	places := make([][]int, len(draws))
	for k, scores := range draws {
		places[k] = drawPlaces(scores)
		if places[k][0] == 1 {
			led++
		}
	}
	title := quoted(l, titles, ids[:1])
	r.Heading = l.T("chart.replay.some", "n", len(draws), "k", led, "title", title)
	if led == len(draws) {
		r.Heading = l.T("chart.replay.all", "n", len(draws), "title", title)
	}
	r.Note, r.Key = l.T("chart.replay.note"), l.T("chart.replay.key", "title", title)
	if len(ids) > frameRows {
		r.Note += " " + l.T("chart.cut.problems", "n", frameRows, "total", len(ids))
	}
	r.Description = l.T("chart.replay.description", "n", len(draws))
	for k, scores := range draws {
		r.Frames = append(r.Frames, newFrame(l, titles, ids, scores, places[k], l.T("count.of", "k", k+1, "n", len(draws))))
	}
	r.Table = replayTable(l, titles, ids, places)
	return r
}

// drawPlaces are the places that scores give; equal ones share theirs.
func drawPlaces(scores []float64) []int {
	places := make([]int, len(scores))
	for i, s := range scores {
		places[i] = 1
		for _, other := range scores {
			if other > s {
				places[i]++
			}
		}
	}
	return places
}

func newFrame(l *lang.Lang, titles func(data.ID) string, ids []data.ID, scores []float64, places []int, name string) Frame {
	order := make([]int, min(frameRows, len(ids)))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(places[a], places[b]) })
	f := Frame{Name: name, Height: frameRow*len(order) + 4, Said: titles(ids[order[0]])}
	for row, i := range order {
		title := titles(ids[i])
		one := FrameRow{Key: strconv.Itoa(i), Y: row * frameRow, Mark: strconv.Itoa(places[i]), Title: cut(title, longest, FrameWidth-frameMark-4),
			Bar: int(scores[i]*float64(FrameWidth-frameMark-40) + 0.5), Score: l.Decimal(100*scores[i], 0), Led: i == 0}
		if one.Title != title {
			one.Whole = title
		}
		f.Rows = append(f.Rows, one)
	}
	return f
}

// replayTable is the place of every problem in every draw.
func replayTable(l *lang.Lang, titles func(data.ID) string, ids []data.ID, places [][]int) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{words(l.T("chart.problem")), number(l.T("chart.replay.first"))}}
	for k := range places {
		t.Head = append(t.Head, number(l.T("chart.replay.draw", "n", k+1)))
	}
	for i, id := range ids {
		first := 0
		var row []Cell
		for _, draw := range places {
			if draw[i] == 1 {
				first++
			}
			row = append(row, number(strconv.Itoa(draw[i])))
		}
		t.Rows = append(t.Rows, append([]Cell{name(titles(id)), number(l.T("count.of", "k", first, "n", len(places)))}, row...))
	}
	return t
}
