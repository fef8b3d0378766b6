// Package static is what the browser keeps: styles, scripts, the font, and how they are handed out.
package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:generate go test -run TestPackedFilesHoldTheOriginals -pack .

// The big scripts of others are here in their packed forms only: hardly any browser asks for the other.
//
//go:embed *.css *.js *.svg *.txt vendor/*.woff2 vendor/*.txt vendor/*.br vendor/*.gz
var content embed.FS

const prefix = "/static/"

// The system's own table of types differs from machine to machine, so ours stands here.
var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// Files hands out every file of this folder under an address that changes with its content,
// so that a browser may keep it for ever.
type Files struct {
	byName    map[string]*file
	byAddress map[string]*file
}

type file struct {
	address string
	kind    string
	hash    string
	plain   func() []byte
	br      func() []byte // nil for small files
	gzip    func() []byte // nil where packing gains nothing
}

// New finds and hashes the files. Nothing is packed here: the big ones are kept packed, the small ones are packed when they
// are first asked for.
func New() (*Files, error) {
	names, err := list()
	if err != nil {
		return nil, err
	}
	f := &Files{byName: map[string]*file{}, byAddress: map[string]*file{}}
	for _, name := range names {
		add := f.add
		if big, ok := strings.CutSuffix(name, packedExt); ok {
			name, add = big, f.addBig
		}
		if err := add(name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return f, nil
}

// list gives the names of all files, the style sheets last: they speak of the others by address. Of the big ones it gives
// the packed form.
func list() ([]string, error) {
	var names []string
	err := fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && kinds[path.Ext(strings.TrimSuffix(name, packedExt))] != "" {
			names = append(names, name)
		}
		return err
	})
	sort.SliceStable(names, func(i, j int) bool {
		return path.Ext(names[i]) != ".css" && path.Ext(names[j]) == ".css"
	})
	return names, err
}

func (f *Files) add(name string) error {
	source, err := content.ReadFile(name)
	if err != nil {
		return err
	}
	ext := path.Ext(name)
	plain := bare(source, ext)
	if ext == ".css" {
		if plain, err = f.point(plain); err != nil {
			return err
		}
	}
	one := &file{plain: func() []byte { return plain }}
	if ext != ".woff2" {
		one.gzip = sync.OnceValue(func() []byte { return gzipped(plain) })
	}
	f.keep(name, one, sha256.Sum256(plain))
	return nil
}

// addBig adds a file that is kept packed. Its packed form stands for it when it is hashed, and is not read into memory
// before a browser asks for it.
func (f *Files) addBig(name string) error {
	packed, err := content.Open(name + packedExt)
	if err != nil {
		return err
	}
	defer packed.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, packed); err != nil {
		return err
	}
	one := &file{gzip: kept(name + packedExt), br: kept(name + ".br")}
	one.plain = func() []byte { return unpacked(one.gzip()) }
	f.keep(name, one, [sha256.Size]byte(hash.Sum(nil)))
	return nil
}

func (f *Files) keep(name string, one *file, sum [sha256.Size]byte) {
	ext := path.Ext(name)
	one.hash, one.kind = hex.EncodeToString(sum[:8]), kinds[ext]
	one.address = prefix + strings.TrimSuffix(name, ext) + "." + one.hash[:8] + ext
	f.byName[name], f.byAddress[one.address] = one, one
}

// bare leaves out what is written for those who read the source: it need not travel to every phone.
// Of a script that is the head, comments on lines of their own, and what stands before a line; a text of several lines is in
// none of ours. Further down, a slash and a star may be part of a text.
func bare(source []byte, ext string) []byte {
	switch {
	case ext == ".css":
		var out []byte
		for found := true; found; {
			var before []byte
			before, source, found = bytes.Cut(source, []byte("/*"))
			out, source = append(out, before...), after(source)
		}
		return out
	case ext == ".js" && bytes.HasPrefix(source, []byte("/*\n")):
		var out []byte
		for line := range bytes.Lines(after(source)) {
			if line = bytes.TrimLeft(line, " \t"); len(line) > 1 && !bytes.HasPrefix(line, []byte("//")) {
				out = append(out, line...)
			}
		}
		return out
	}
	return source
}

// after is what follows a comment and its lines.
func after(source []byte) []byte {
	_, rest, _ := bytes.Cut(source, []byte("*/"))
	return bytes.TrimLeft(rest, "\n")
}

var reference = regexp.MustCompile(`url\("([^"]+)"\)`)

// point turns the names that a style sheet gives to url() into addresses.
func (f *Files) point(css []byte) ([]byte, error) {
	var trouble error
	pointed := reference.ReplaceAllFunc(css, func(match []byte) []byte {
		address, err := f.URL(string(reference.FindSubmatch(match)[1]))
		if err != nil {
			trouble = err
		}
		return []byte(`url("` + address + `")`)
	})
	return pointed, trouble
}

// URL gives the address of the file with this name, such as "app.css" or "vendor/htmx.min.js".
func (f *Files) URL(name string) (string, error) {
	one, ok := f.byName[name]
	if !ok {
		return "", fmt.Errorf("static: no file %q", name)
	}
	return one.address, nil
}

// ServeHTTP answers for the addresses that URL gives. An address of older content is not found.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	one, ok := f.byAddress[r.URL.Path]
	if !ok {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(http.StatusNotFound)
		return
	}
	one.serve(w, r, "public, max-age=31536000, immutable")
}

// Fixed serves one file where its address cannot change with its content: /robots.txt, /favicon.ico.
// A browser asks each time and mostly hears that nothing is new.
func (f *Files) Fixed(name string) (http.Handler, error) {
	one, ok := f.byName[name]
	if !ok {
		return nil, fmt.Errorf("static: no file %q", name)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { one.serve(w, r, "no-cache") }), nil
}

func (one *file) serve(w http.ResponseWriter, r *http.Request, cache string) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, coding := one.choose(r.Header.Get("Accept-Encoding"))
	tag := `"` + one.hash + `"`
	if coding != "" {
		tag = `"` + one.hash + "-" + coding + `"`
		header.Set("Content-Encoding", coding)
	}
	header.Set("Cache-Control", cache)
	header.Set("Vary", "Accept-Encoding")
	header.Set("ETag", tag)
	if known(r.Header.Get("If-None-Match"), tag) {
		header.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", one.kind)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		w.Write(body) // an error here is a browser that went away
	}
}

// choose gives the smallest form that the browser takes.
func (one *file) choose(accepts string) (body []byte, coding string) {
	if one.br != nil && takes(accepts, "br") {
		return one.br(), "br"
	}
	if one.gzip != nil && takes(accepts, "gzip") {
		if packed := one.gzip(); one.br != nil || len(packed) < len(one.plain()) {
			return packed, "gzip"
		}
	}
	return one.plain(), ""
}
