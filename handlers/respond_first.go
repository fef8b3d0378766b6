package handlers

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
)

// firstKey names a stored first page: its language, and which of the orders
// drawn by lot it shows.
type firstKey struct {
	lang string
	lot  int
}

// lots is how many orders of the choices a first page is stored in, where the
// form wants them drawn by lot.
const lots = 16

// hole stands in a page where the token of each visitor goes. Its digit is in no
// token and in no other word of the page so often.
var hole = strings.Repeat("0", tokenLen)

// firstPage is the first page of a survey as bytes, whole but for the token:
// nobody waits for a template. The parts are kept packed, and the token is put
// between them as it is, as a block of its own.
type firstPage struct {
	before, after             []byte
	packedBefore, packedAfter []byte
	sum                       uint32 // of what is before
}

func newFirstPage(page []byte) (*firstPage, error) {
	before, after, found := bytes.Cut(page, []byte(hole))
	if !found || bytes.Contains(after, []byte(hole)) {
		return nil, fmt.Errorf("a first page must have one place for the token")
	}
	var out bytes.Buffer // which takes all that is written
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	p := &firstPage{before: before, after: after, sum: crc32.ChecksumIEEE(before)}
	w.Write(before)
	w.Flush() // ends on a whole byte
	p.packedBefore = bytes.Clone(out.Bytes())
	// What is before may be pointed back to, what stands in the hole may not: zero
	// bytes hold its place, which no page has.
	w.Write(make([]byte, tokenLen))
	w.Flush()
	out.Reset()
	w.Write(after)
	w.Close()
	p.packedAfter = bytes.Clone(out.Bytes())
	return p, nil
}

// gzipHead says: deflate, no name, no time, unknown system.
var gzipHead = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255}

// gzip is the page with its token, packed.
func (p *firstPage) gzip(t string) []byte {
	n := uint16(len(t))
	sum := crc32.Update(p.sum, crc32.IEEETable, []byte(t))
	sum = crc32.Update(sum, crc32.IEEETable, p.after)
	out := make([]byte, 0, len(gzipHead)+len(p.packedBefore)+5+len(t)+len(p.packedAfter)+8)
	out = append(append(out, gzipHead...), p.packedBefore...)
	out = append(out, 0) // a stored block, not the last
	out = binary.LittleEndian.AppendUint16(out, n)
	out = binary.LittleEndian.AppendUint16(out, ^n)
	out = append(append(out, t...), p.packedAfter...)
	out = binary.LittleEndian.AppendUint32(out, sum)
	return binary.LittleEndian.AppendUint32(out, uint32(len(p.before)+len(t)+len(p.after)))
}

// plain is the page with its token, for a browser that does not unpack.
func (p *firstPage) plain(t string) []byte {
	return bytes.Join([][]byte{p.before, p.after}, []byte(t))
}

// unpacks tells whether a browser takes gzip.
func unpacks(accepts string) bool {
	for part := range strings.SplitSeq(accepts, ",") {
		name, rest, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		_, q, given := strings.Cut(rest, "=")
		weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !given || err == nil && weight > 0
	}
	return false
}
