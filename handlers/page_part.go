package handlers

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// part is a part of a page as it was drawn before. It is kept packed, a tenth of
// its size, and goes out as it is in the midst of what is drawn for each visitor.
type part struct {
	packed []byte // a piece of a deflate stream that ends on a whole byte
	size   int
	sum    uint32
	shift  uint32 // what a sum of what is before is multiplied by
}

// partLevel packs a page of figures in some milliseconds, to a few percent more
// than the best that there is.
const partLevel = 6

func newPart(plain []byte) (*part, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, partLevel)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Flush()
	return &part{bytes.Clone(out.Bytes()), len(plain), crc32.ChecksumIEEE(plain), shiftOf(len(plain))}, err
}

// gzip is the part between what stands above and below it, packed.
func (p *part) gzip(above, below []byte) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(p.packed) + len(above) + len(below))
	out.Write(gzipHead)
	if err := flate.StatelessDeflate(&out, above, false, nil); err != nil {
		return nil, err
	}
	out.Write(p.packed)
	if err := flate.StatelessDeflate(&out, below, true, nil); err != nil {
		return nil, err
	}
	sum := times(p.shift, crc32.ChecksumIEEE(above)) ^ p.sum
	sum = crc32.Update(sum, crc32.IEEETable, below)
	tail := binary.LittleEndian.AppendUint32(nil, sum)
	out.Write(binary.LittleEndian.AppendUint32(tail, uint32(len(above)+p.size+len(below))))
	return out.Bytes(), nil
}

// plain is the same for a browser that does not unpack.
func (p *part) plain(above, below []byte) ([]byte, error) {
	out := bytes.NewBuffer(append(make([]byte, 0, len(above)+p.size+len(below)), above...))
	if _, err := io.CopyN(out, flate.NewReader(bytes.NewReader(p.packed)), int64(p.size)); err != nil {
		return nil, err
	}
	return append(out.Bytes(), below...), nil
}

// A CRC-32 is a polynomial of bits, its lowest power in the highest bit, modulo
// that of IEEE. The sum of two texts is that of the first, times x for every bit of
// the second, plus that of the second: nobody goes through the second again.

// times is the product of two such polynomials.
func times(a, b uint32) (product uint32) {
	for ; a != 0; a <<= 1 {
		if a>>31 == 1 {
			product ^= b
		}
		b = b>>1 ^ crc32.IEEE&-(b&1) // times x
	}
	return product
}

// shiftOf is x to the power of so many bytes.
func shiftOf(size int) uint32 {
	shift, power := uint32(1)<<31, uint32(1)<<(31-8)
	for ; size > 0; size >>= 1 {
		if size&1 == 1 {
			shift = times(shift, power)
		}
		power = times(power, power)
	}
	return shift
}
