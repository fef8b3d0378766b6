// Command measure prints what Ashar costs on this machine, each figure beside
// what we want of it. It judges nothing: machines differ, and a slow one is no
// fault. It fails only when it cannot measure.
package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// A figure is one measured number, ready to print.
type figure struct {
	what, measured, wanted string
}

// measures are all that is measured, in order of printing; each is given the
// stripped binary.
var measures = []func(binary string) ([]figure, error){
	size,
	starts,
	entries,
	answers,
	katowice,
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: measure BINARY"))
	}
	fmt.Printf("%s/%s, %d cores, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "what\tmeasured\twanted")
	for _, measure := range measures {
		figures, err := measure(os.Args[1])
		if err != nil {
			fail(err)
		}
		for _, f := range figures {
			fmt.Fprintf(table, "%s\t%s\t%s\n", f.what, f.measured, f.wanted)
		}
	}
	if err := table.Flush(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "measure:", err)
	os.Exit(1)
}

func size(binary string) ([]figure, error) {
	info, err := os.Stat(binary)
	if err != nil {
		return nil, err
	}
	return []figure{{"stripped binary", megabytes(info.Size()), "under 35 MB"}}, nil
}

func megabytes(bytes int64) string {
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// spread is the median of several times, and the range they came from.
func spread(times []time.Duration) string {
	slices.Sort(times)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("%.0f ms (%.0f to %.0f)", ms(times[len(times)/2]), ms(times[0]), ms(times[len(times)-1]))
}
