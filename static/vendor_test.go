package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

var packNow = flag.Bool("pack", false, "write the packed forms of the big vendored files anew")

// Those too big to pack while somebody waits.
var big = []string{"vendor/charts.min.js", "vendor/htmx.min.js"}

func TestVendoredFilesAreWhatWasBuilt(t *testing.T) {
	sums, err := os.ReadFile("vendor/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{"SHA256SUMS": true, "VENDOR.md": true, "build.sh": true, "charts.entry.mjs": true}
	for _, name := range big {
		listed[filepath.Base(name)+".br"], listed[filepath.Base(name)+".gz"] = true, true
	}
	for line := range strings.Lines(string(sums)) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			t.Fatalf("SHA256SUMS holds the line %q", line)
		}
		listed[name] = true
		checkSum(t, name, sum)
	}
	here, err := os.ReadDir("vendor")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range here {
		if !listed[entry.Name()] {
			t.Errorf("vendor/%s is not in SHA256SUMS", entry.Name())
		}
	}
}

// checkSum also asks that the table for people says the same as the list for machines.
func checkSum(t *testing.T, name, sum string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("vendor", name))
	if err != nil {
		t.Error(err)
		return
	}
	got := sha256.Sum256(content)
	if hex.EncodeToString(got[:]) != sum {
		t.Errorf("%s is not the file that was built: run vendor/build.sh", name)
	}
	table, err := os.ReadFile("vendor/VENDOR.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(table), sum) {
		t.Errorf("VENDOR.md does not give the sum of %s", name)
	}
}

func TestEveryVendoredFileHasItsLicence(t *testing.T) {
	f := files(t)
	for name := range f.byName {
		if !strings.HasPrefix(name, "vendor/") || strings.HasSuffix(name, ".txt") {
			continue
		}
		family := strings.TrimPrefix(name, "vendor/")
		family, _, _ = strings.Cut(family, ".")
		for _, weight := range []string{"-regular", "-bold", "-signs"} {
			family = strings.TrimSuffix(family, weight)
		}
		if _, err := f.URL("vendor/" + family + ".LICENSE.txt"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPackedFilesHoldTheOriginals(t *testing.T) {
	if *packNow {
		packBig(t)
	}
	for _, name := range big {
		original, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for ext, coding := range map[string]string{".br": "br", ".gz": "gzip"} {
			packed, err := os.ReadFile(name + ext)
			if err != nil {
				t.Fatal(err)
			}
			if got := unpack(t, coding, packed); !bytes.Equal(got, original) {
				t.Errorf("%s%s does not hold %s: run go generate", name, ext, name)
			}
			if len(packed) > len(original)/2 {
				t.Errorf("%s%s is hardly smaller: %d of %d", name, ext, len(packed), len(original))
			}
		}
	}
}

func unpack(t *testing.T, coding string, packed []byte) []byte {
	t.Helper()
	return body(t, &http.Response{
		Header: http.Header{"Content-Encoding": {coding}},
		Body:   io.NopCloser(bytes.NewReader(packed)),
	})
}

func packBig(t *testing.T) {
	for _, name := range big {
		original, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for ext, to := range map[string]func(io.Writer) io.WriteCloser{
			".br": func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotli.BestCompression) },
			".gz": func(w io.Writer) io.WriteCloser { z, _ := gzip.NewWriterLevel(w, gzip.BestCompression); return z },
		} {
			var packed bytes.Buffer
			w := to(&packed)
			w.Write(original)
			w.Close()
			if err := os.WriteFile(name+ext, packed.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestPackingSmallFilesIsQuick(t *testing.T) {
	f := files(t)
	for name, one := range f.byName {
		if !strings.HasPrefix(name, "vendor/") && len(one.plain()) > 64<<10 {
			t.Errorf("%s has %d bytes: keep its packed form beside it", name, len(one.plain()))
		}
	}
}
