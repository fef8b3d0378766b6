package handlers

import (
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quiet is the empty border that a reader of QR codes wants, in modules.
const quiet = 4

// square is a QR code as the path of an SVG.
type square struct {
	Text    string
	Version int
	Size    int // in modules, with the border
	Path    string
}

// newSquare draws a text so that it is still read where a seventh of it is dirt
// or a crease: level M.
func newSquare(text string) (square, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return square{}, err
	}
	side := code.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(x, y).RGBA()
		return r == 0
	}
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && dark(x, y) {
				x++
			}
			if x > from {
				darkRow(&path, from+quiet, y+quiet, x-from)
			}
		}
	}
	return square{Text: text, Version: (side - 17) / 4, Size: side + 2*quiet, Path: path.String()}, nil
}

// darkRow is a row of dark modules beside each other.
func darkRow(path *strings.Builder, x, y, n int) {
	wide := strconv.Itoa(n)
	path.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h" + wide + "v1h-" + wide + "z")
}
