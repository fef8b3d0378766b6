package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"ashar/data"
)

func TestSecondServerIsRefusedAndCommandsAreNot(t *testing.T) {
	s := sqlite(t)
	w := settle(t, s)
	release := got(s.Serve(t.Context()))(t)
	beside := open(t, s.path)
	for range 2 {
		_, err := beside.Serve(t.Context())
		refused(t, ErrServed, err)
	}
	if out := child(t, "serve", s.path); out != "refused" {
		t.Errorf("a second process that would serve was told: %s", out)
	}
	must(t, beside.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
	must(t, release())
	if out := child(t, "serve", s.path); out != "serves" {
		t.Errorf("after the first server ended, a second one was told: %s", out)
	}
	release = got(beside.Serve(t.Context()))(t)
	must(t, release())
}

func TestManyServersMayShareOnePostgres(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		if s.Engine() != "postgres" {
			return
		}
		for range 2 {
			release := got(s.Serve(t.Context()))(t)
			defer release()
		}
	})
}

// The test binary runs itself as another process for what only another process
// can show.
const childTask, childFile = "ASHAR_TEST_CHILD", "ASHAR_TEST_CHILD_FILE"

func TestMain(m *testing.M) {
	switch os.Getenv(childTask) {
	case "":
		os.Exit(m.Run())
	case "serve":
		serveAsChild(os.Getenv(childFile))
	case "add":
		addAsChild(os.Getenv(childFile))
	}
}

// child is the first line that a child process says about a file.
func child(t *testing.T, task, file string) string {
	t.Helper()
	cmd := command(t, task, file)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	lines.Scan()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	return lines.Text()
}

func command(t *testing.T, task, file string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childTask+"="+task, childFile+"="+file)
	cmd.Stderr = os.Stderr
	return cmd
}

func serveAsChild(file string) {
	ctx := context.Background()
	s, err := Open(ctx, file, mint)
	if err == nil {
		_, err = s.Serve(ctx)
	}
	switch {
	case errors.Is(err, ErrServed):
		fmt.Println("refused")
	case err != nil:
		fmt.Println(err)
	default:
		fmt.Println("serves")
	}
}
