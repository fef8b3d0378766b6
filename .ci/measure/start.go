package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startsCounted = 7
	startPatience = 30 * time.Second
	idleFor       = 3 * time.Second
)

// starts measures from the start of the process to the last byte of the first
// page, on an empty folder and on an existing one, and what a server that
// showed one page keeps in memory.
func starts(binary string) ([]figure, error) {
	folder, err := os.MkdirTemp("", "ashar-measure-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)

	var empty, existing []time.Duration
	var idle memory
	for i := range startsCounted {
		database := filepath.Join(folder, strconv.Itoa(i), "ashar.db")
		if err := os.Mkdir(filepath.Dir(database), 0o755); err != nil {
			return nil, err
		}
		took, _, err := firstPage(binary, database, 0)
		if err != nil {
			return nil, fmt.Errorf("empty folder: %w", err)
		}
		empty = append(empty, took)
		rest := time.Duration(0)
		if i == startsCounted-1 {
			rest = idleFor
		}
		if took, idle, err = firstPage(binary, database, rest); err != nil {
			return nil, fmt.Errorf("existing folder: %w", err)
		}
		existing = append(existing, took)
	}
	return []figure{
		{"start to first page, empty folder", spread(empty), "under 300 ms"},
		{"start to first page, existing folder", spread(existing), "under 100 ms"},
		{"idle memory (resident)", fmt.Sprintf("%s, of it %s pages of the program itself", megabytes(idle.resident), megabytes(idle.program)), "under 40 MB"},
	}, nil
}

// firstPage starts a server on the database, waits until it is ready and has
// shown its first page, rests, and stops it. It returns how long the page took
// and what the server then kept in memory.
func firstPage(binary, database string, rest time.Duration) (took time.Duration, keeps memory, err error) {
	address, err := freeAddress()
	if err != nil {
		return 0, keeps, err
	}
	server := exec.Command(binary)
	server.Dir = filepath.Dir(database)
	log, err := os.Create(filepath.Join(server.Dir, "log"))
	if err != nil {
		return 0, keeps, err
	}
	defer log.Close()
	server.Env = append(os.Environ(), "ASHAR_LISTEN="+address, "ASHAR_DB="+database)
	server.Stdout, server.Stderr = log, log
	began := time.Now()
	if err := server.Start(); err != nil {
		return 0, keeps, err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	defer func() {
		if stopErr := stop(server, ended); err == nil {
			err = stopErr
		}
	}()

	if err := ready("http://"+address+"/readyz", ended); err != nil {
		said, _ := os.ReadFile(log.Name())
		return 0, keeps, fmt.Errorf("%w; the server said:\n%s", err, said)
	}
	if err := get("http://" + address + "/"); err != nil {
		return 0, keeps, err
	}
	took = time.Since(began)
	time.Sleep(rest)
	keeps, err = memoryOf(server.Process.Pid)
	return took, keeps, err
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// ready asks until the server answers that it is ready, or has ended.
func ready(url string, ended chan error) error {
	for deadline := time.Now().Add(startPatience); time.Now().Before(deadline); {
		if get(url) == nil {
			return nil
		}
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("the server ended: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	return fmt.Errorf("%s: not ready after %s", url, startPatience)
}

// get reads a page to its end, following to where a first visitor is sent.
func get(url string) error {
	answer, err := http.Get(url)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", url, answer.Status)
	}
	return nil
}

// stop ends the server as an operator would, so that the next start finds an
// orderly database.
func stop(server *exec.Cmd, ended chan error) error {
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		return nil // it has ended already, and ready has said so
	}
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("the server did not stop well: %w", err)
		}
		return nil
	case <-time.After(startPatience):
		return server.Process.Kill()
	}
}

// memory is what a process keeps in memory, in bytes.
type memory struct {
	resident int64
	program  int64 // of it, pages of files, which the system may take back at any time
}

func memoryOf(pid int) (m memory, err error) {
	if m.resident, err = status(pid, "VmRSS:"); err == nil {
		m.program, err = status(pid, "RssFile:")
	}
	return m, err
}

// peak is the most it ever kept.
func peak(pid int) (int64, error) { return status(pid, "VmHWM:") }

// status reads a line of what Linux tells of a process.
func status(pid int, which string) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, which); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			return kilobytes * 1024, err
		}
	}
	return 0, fmt.Errorf("process %d: no %s", pid, which)
}
