package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
	"strings"
	"sync"
)

// packedExt ends the name of a packed form that is kept beside the file, and in the program in its place.
const packedExt = ".gz"

// kept is a packed form, read when it is first asked for.
func kept(name string) func() []byte {
	return sync.OnceValue(func() []byte {
		packed, _ := content.ReadFile(name) // what is not there is empty, which the tests would see
		return packed
	})
}

// unpacked is what was packed, for a browser that does not unpack.
func unpacked(packed []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil // not packed at all, which the tests would see
	}
	plain, _ := io.ReadAll(r)
	return plain
}

func gzipped(plain []byte) []byte {
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // fails for unknown levels only
	w.Write(plain)                                             // memory takes everything
	w.Close()
	return packed.Bytes()
}

// takes tells whether an Accept-Encoding header allows the coding; a coding that is not named is not wanted.
func takes(accepts, coding string) bool {
	star := false
	for part := range strings.SplitSeq(accepts, ",") {
		name, rest, _ := strings.Cut(part, ";")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case coding:
			return weight(rest) > 0
		case "*":
			star = weight(rest) > 0
		}
	}
	return star
}

// weight reads the "q=0.5" of an Accept-Encoding part; what cannot be read counts as no.
func weight(rest string) float64 {
	key, value, ok := strings.Cut(rest, "=")
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || strings.ToLower(strings.TrimSpace(key)) != "q" {
		return 0
	}
	return q
}

// known tells whether an If-None-Match header names the tag.
func known(match, tag string) bool {
	for part := range strings.SplitSeq(match, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == tag || part == "*" {
			return true
		}
	}
	return false
}
