package traces

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/renameio/v2"
)

const (
	// recordings is how often a script must print the same to be recorded.
	recordings = 5
	// tries is how often a script may be run to print what was recorded: on a
	// busy machine its timers may be late.
	tries       = 3
	scriptLimit = 20 * time.Second
)

var record = flag.Bool("record", false, "make TestRecord write the traces anew, with CPython 3.11")

// AgainstPython tests that the recorded traces are what a real Python prints. 3.11 must print exactly them;
// what a later version does differently is only told, because 3.11 is the original.
func (s Suite) AgainstPython(t *testing.T) {
	if testing.Short() {
		t.Skip("short: runs every script with Python")
	}
	py := findPython(t)
	for _, name := range s.scripts(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := recorded(t, name)
			var got string
			var err error
			for range tries {
				if got, err = py.run(name); err == nil && got == want {
					return
				}
			}
			diff := cmp.Diff(lines(want), lines(got))
			if py.minor > 11 {
				t.Skipf("%v is not 3.11 and differs (- recorded, + live), error %v:\n%s", py, err, diff)
			}
			t.Errorf("%v differs (- recorded, + live), error %v:\n%s", py, err, diff)
		})
	}
}

// Record writes the traces: go test -run TestRecord/NAME -record
func (s Suite) Record(t *testing.T) {
	if !*record {
		t.Skip("writes testdata only with -record")
	}
	py := findPython(t)
	if py.minor != 11 {
		t.Fatalf("traces are recorded with CPython 3.11, this is %v", py)
	}
	for _, name := range s.scripts(t) {
		t.Run(name, func(t *testing.T) {
			trace, err := py.run(name)
			for i := 1; i < recordings && err == nil; i++ {
				var again string
				if again, err = py.run(name); err == nil && again != trace {
					t.Fatalf("two runs differ, so there is no trace to record:\n%s", cmp.Diff(lines(trace), lines(again)))
				}
			}
			if err == nil && trace == "" {
				err = errors.New("it prints nothing")
			}
			if err == nil {
				err = renameio.WriteFile(tracePath(name), []byte(trace), 0o644, renameio.WithTempDir("testdata"))
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// A python is an interpreter that is fit to compare with.
type python struct {
	path                string
	major, minor, micro int
}

func (p python) String() string { return fmt.Sprintf("CPython %d.%d.%d", p.major, p.minor, p.micro) }

// findPython skips the test, with the reason, if there is none.
func findPython(t *testing.T) (p python) {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("no Python to compare with: %v", err)
	}
	p.path = path
	const ask = "import sys; print(sys.implementation.name, *sys.version_info[:3])"
	text, err := exec.Command(path, "-c", ask).Output()
	if err != nil {
		t.Skipf("%s does not tell its version: %v", path, err)
	}
	if _, err := fmt.Sscanf(string(text), "cpython %d %d %d", &p.major, &p.minor, &p.micro); err != nil || p.major != 3 || p.minor < 11 {
		t.Skipf("traces are compared with CPython 3.11 or later, %s is %s", path, strings.TrimSpace(string(text)))
	}
	return p
}

// run is what a script prints, without regard to the variables that change
// Python. It must end well; only standard output counts.
func (p python) run(name string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), scriptLimit)
	defer cancel()
	script := exec.CommandContext(ctx, p.path, "-I", filepath.Join("testdata", name+".py"))
	script.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	script.Stdout, script.Stderr = &stdout, &stderr
	if err := script.Run(); err != nil {
		return stdout.String(), fmt.Errorf("%s.py: %w\n%s", name, err, &stderr)
	}
	return stdout.String(), nil
}
