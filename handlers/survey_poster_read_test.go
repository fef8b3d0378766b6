package handlers

import "testing"

// unsquared reads a QR code of level M and version 1 to 4 as a phone does, but
// for correcting errors: its text.
func unsquared(t *testing.T, dark map[[2]int]bool, side int) string {
	t.Helper()
	at := func(x, y int) bool { return dark[[2]int{x + quiet, y + quiet}] }
	mask := formatOf(t, at)
	var bits []bool
	up := true
	for right := side - 1; right > 0; right -= 2 {
		if right == 6 {
			right--
		}
		for i := range side {
			y := i
			if up {
				y = side - 1 - i
			}
			for _, x := range []int{right, right - 1} {
				if !function(x, y, side) {
					bits = append(bits, at(x, y) != masks[mask](x, y))
				}
			}
		}
		up = !up
	}
	return textOf(t, codewords(bits), (side-17)/4)
}

var masks = []func(x, y int) bool{
	func(x, y int) bool { return (x+y)%2 == 0 },
	func(x, y int) bool { return y%2 == 0 },
	func(x, y int) bool { return x%3 == 0 },
	func(x, y int) bool { return (x+y)%3 == 0 },
	func(x, y int) bool { return (y/2+x/3)%2 == 0 },
	func(x, y int) bool { return x*y%2+x*y%3 == 0 },
	func(x, y int) bool { return (x*y%2+x*y%3)%2 == 0 },
	func(x, y int) bool { return ((x+y)%2+x*y%3)%2 == 0 },
}

// formatOf is the mask, and checks the level: five bits behind the known pattern.
func formatOf(t *testing.T, at func(x, y int) bool) int {
	t.Helper()
	format := 0
	for i, x := range []int{0, 1, 2, 3, 4} {
		if at(x, 8) {
			format |= 1 << (4 - i)
		}
	}
	format ^= 0b10101
	if format>>3 != 0 {
		t.Fatalf("the level is not M: %05b", format)
	}
	return format & 7
}

// function tells whether a module belongs to the patterns and not to the text.
func function(x, y, side int) bool {
	near := side - 7 // of the alignment pattern's middle, from version 2
	return x < 9 && y < 9 || x >= side-8 && y < 9 || x < 9 && y >= side-8 || x == 6 || y == 6 ||
		side > 21 && x >= near-2 && x <= near+2 && y >= near-2 && y <= near+2
}

func codewords(bits []bool) (words []byte) {
	for ; len(bits) >= 8; bits = bits[8:] {
		var word byte
		for _, bit := range bits[:8] {
			word <<= 1
			if bit {
				word |= 1
			}
		}
		words = append(words, word)
	}
	return words
}

// textOf is the text of bytes; version 4 has two blocks that take turns.
func textOf(t *testing.T, words []byte, version int) string {
	t.Helper()
	room := map[int]int{1: 16, 2: 28, 3: 44, 4: 64}[version]
	text := words[:room]
	if version == 4 {
		text = make([]byte, room)
		for i := range room {
			text[i%2*room/2+i/2] = words[i]
		}
	}
	if text[0]>>4 != 4 {
		t.Fatalf("the text is no bytes: %04b", text[0]>>4)
	}
	nibble := func(i int) byte {
		if i%2 == 0 {
			return text[i/2] >> 4
		}
		return text[i/2] & 15
	}
	n := int(nibble(1)<<4 | nibble(2))
	out := make([]byte, n)
	for i := range out {
		out[i] = nibble(3+2*i)<<4 | nibble(4+2*i)
	}
	return string(out)
}
