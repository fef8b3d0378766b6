package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"ashar/data"
	"ashar/handlers"
)

const loadFor = 4 * time.Second

// entries measures taps that are on the disk before they are answered, at
// several numbers of connections. ASHAR_CEILING may name the address of a
// program that only stores a form, to be measured in the same run.
func entries(binary string) ([]figure, error) {
	v, server, stop, err := settle(binary)
	if err != nil {
		return nil, err
	}
	defer stop()
	if err := server.signIn(login, v.password); err != nil {
		return nil, err
	}
	var figures []figure
	for _, c := range []int{1, 16, 64} {
		if ceiling := os.Getenv("ASHAR_CEILING"); ceiling != "" {
			bare := *server
			said, _, err := load(c, func() error {
				return bare.ask(posted(ceiling, url.Values{"village": {"Ak-Muz"}, "n": {"1"}}), http.StatusOK)
			})
			if err != nil {
				return nil, err
			}
			figures = append(figures, figure{fmt.Sprintf("ceiling, %d connections", c), said, ""})
		}
		one, err := costs(server, fmt.Sprintf("durable entries, %d connections", c), "half the ceiling at 64", c, func() error {
			return server.ask(v.tap(server.url), http.StatusSeeOther)
		})
		if err != nil {
			return nil, err
		}
		figures = append(figures, one)
	}
	memory, err := peak(server.pid)
	return append(figures, figure{"peak memory under taps", megabytes(memory), ""}), err
}

// costs measures something on c connections, and the time of the server's
// processor that each takes.
func costs(server *running, what, wanted string, c int, do func() error) (figure, error) {
	before, err := cpu(server.pid)
	if err != nil {
		return figure{}, err
	}
	said, n, err := load(c, do)
	if err != nil {
		return figure{}, err
	}
	after, err := cpu(server.pid)
	if err != nil {
		return figure{}, err
	}
	return figure{what, fmt.Sprintf("%s, %.3f CPU ms each", said, (after-before).Seconds()*1000/float64(n)), wanted}, nil
}

// tap is one hand more for a problem.
func (v village) tap(base string) *http.Request {
	return posted(base+"/"+slug+"/sessions/"+v.session.ID.String()+"/entries", url.Values{"id": {handlers.Mint().String()}, "kind": {string(data.TallyAdd)},
		"sex": {string(v.group.Sex)}, "band": {string(v.group.Band)}, "problem": {v.problem.String()}, "n": {"1"}})
}

func posted(address string, values url.Values) *http.Request {
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(values.Encode()))
	if err != nil {
		panic(err) // addresses of our own making
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return request
}

// load repeats something on c connections for a while: how often, and how long
// each took.
func load(c int, do func() error) (said string, n int, err error) {
	var mu sync.Mutex
	var times []time.Duration
	var wg sync.WaitGroup
	began := time.Now()
	for range c {
		wg.Go(func() {
			var mine []time.Duration
			var trouble error
			for trouble == nil && time.Since(began) < loadFor {
				at := time.Now()
				trouble = do()
				mine = append(mine, time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			times = append(times, mine...)
			if trouble != nil {
				err = trouble
			}
		})
	}
	wg.Wait()
	rate := float64(len(times)) / time.Since(began).Seconds()
	slices.Sort(times)
	at := func(q float64) float64 { return float64(times[int(q*float64(len(times)-1))].Microseconds()) / 1000 }
	return fmt.Sprintf("%.0f/s, p50 %.1f p95 %.1f p99 %.1f ms", rate, at(.5), at(.95), at(.99)), len(times), err
}

// settle starts a server on a new village; stop ends it and takes the folder
// away.
func settle(binary string) (v village, server *running, stop func(), err error) {
	folder, err := os.MkdirTemp("", "ashar-measure-")
	if err != nil {
		return v, nil, nil, err
	}
	if v, err = newVillage(folder); err == nil {
		server, err = launch(binary, v.database)
	}
	if err != nil {
		os.RemoveAll(folder)
		return v, nil, nil, err
	}
	return v, server, func() { server.stop(); os.RemoveAll(folder) }, nil
}

// katowice measures the largest real file there is at hand: its import from the
// command line, and its pages, the ranking with eight viewers.
func katowice(binary string) ([]figure, error) {
	file := filepath.Join(os.Getenv("ASHAR_TEST_DATA"), "data", "pb", "poland_katowice_2020_.pb")
	if _, err := os.Stat(file); err != nil {
		return []figure{{"import of 38,903 ballots", "not measured: ASHAR_TEST_DATA names no folder with the file", "within 10 s"}}, nil
	}
	v, server, stop, err := settle(binary)
	if err != nil {
		return nil, err
	}
	defer stop()
	imported, err := v.bring(binary, file)
	if err != nil {
		return nil, err
	}
	if err := server.signIn(login, v.password); err != nil {
		return nil, err
	}
	viewed, err := viewed(server, v)
	if err != nil {
		return nil, err
	}
	memory, err := peak(server.pid)
	return append(append([]figure{imported}, viewed...), figure{"peak memory of the server", megabytes(memory), "under 200 MB"}), err
}

// bring imports a file from the command line.
func (v village) bring(binary, file string) (figure, error) {
	command := exec.Command(binary, "import", file, "--db", v.database, "--municipality", slug, "--round", "Katowice 2020")
	began := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		return figure{}, fmt.Errorf("import: %w\n%s", err, out)
	}
	return figure{"import of 38,903 ballots, beside a server", fmt.Sprintf("%.1f s, peak %s", time.Since(began).Seconds(),
		megabytes(command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss*1024)), "within 10 s"}, nil
}

// viewed measures the pages of the newest round.
func viewed(server *running, v village) ([]figure, error) {
	address, session, err := newest(v)
	if err != nil {
		return nil, err
	}
	fetch := func(page string) error {
		request, err := http.NewRequest(http.MethodGet, server.url+page, nil)
		if err != nil {
			return err
		}
		return server.ask(request, http.StatusOK)
	}
	var figures []figure
	for _, page := range []struct{ what, address string }{
		{"its ranking page, counted anew", address + "/ranking"},
		{"its overview", address},
		{"its list of sessions", address + "/sessions"},
		{"its largest session, folded anew", session},
		{"the same again", session},
		{"its history", session + "/history"},
	} {
		began := time.Now()
		if err := fetch(page.address); err != nil {
			return nil, err
		}
		figures = append(figures, figure{page.what, fmt.Sprintf("%d ms", time.Since(began).Milliseconds()), ""})
	}
	said, _, err := load(8, func() error { return fetch(address + "/ranking") })
	return append(figures, figure{"its ranking page, 8 viewers", said, "p95 within 500 ms"}), err
}

// cpu is the processor time a process has used.
func cpu(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	var ticks int
	for _, field := range fields[11:13] { // utime and stime, in hundredths of a second
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}
