package traces

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concbench/models/internal/leaktest"
)

// A Twin is a script of testdata by hand in Go. An error that it returns fails the
// test, as one that leaves a script does.
type Twin func(out *Output) error

// A Suite is the scripts and traces in the folder testdata of the package under
// test, with their twins.
type Suite struct {
	Twins   map[string]Twin // by the names of their scripts
	Scripts int             // there are at least as many

	// Timed scripts print what the clock says. On a busy machine timers are late,
	// so a twin of theirs has several tries. One that is wrong fails in all of them.
	Timed []string
}

// timedTries is the tries of the twin of a timed script.
const timedTries = 20

// SameTraces tests that each twin prints what its script printed, byte for byte,
// and leaves nothing behind.
func (s Suite) SameTraces(t *testing.T) {
	for _, name := range s.scripts(t) {
		if twin := s.Twins[name]; twin != nil { // else Complete tells
			t.Run(name, func(t *testing.T) {
				want, got := recorded(t, name), printed(t, twin)
				for try := 1; got != want && slices.Contains(s.Timed, name) && try < timedTries; try++ {
					got = printed(t, twin)
				}
				sameTrace(t, want, got)
			})
		}
	}
}

// Complete tests that every script has a twin, and that nothing else is listed.
func (s Suite) Complete(t *testing.T) {
	all := s.scripts(t)
	for _, name := range all {
		if s.Twins[name] == nil {
			t.Errorf("%s has no twin: write one and list it among them", name)
		}
	}
	for _, name := range slices.Concat(names(t, "*.txt"), keys(s.Twins)) {
		if !slices.Contains(all, name) {
			t.Errorf("%s has no script in testdata", name)
		}
	}
}

// scripts is the names of all scenarios, without ".py".
func (s Suite) scripts(t *testing.T) []string {
	all := names(t, "*.py")
	if len(all) < s.Scripts {
		t.Fatalf("only %d scripts in testdata", len(all))
	}
	return all
}

func names(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(filepath.Base(f), filepath.Ext(f))
	}
	return files
}

func keys(m map[string]Twin) (all []string) {
	for name := range m {
		all = append(all, name)
	}
	return all
}

func recorded(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(tracePath(name))
	if err != nil {
		t.Fatalf("%v: record it, see testdata/README.md", err)
	}
	return string(text)
}

func tracePath(name string) string { return filepath.Join("testdata", name+".txt") }

// printed is what a twin prints.
func printed(t *testing.T, run Twin) string {
	t.Helper()
	defer leaktest.NothingLeft(t)()
	out := new(Output)
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("the twin panicked: %v\n%safter it had printed:\n%s", p, debug.Stack(), out)
		}
	}()
	if err := run(out); err != nil {
		t.Errorf("the twin ended with the error %v", err)
	}
	return out.String()
}

func sameTrace(t *testing.T, want, got string) {
	t.Helper()
	if got != want {
		t.Errorf("the trace differs (- recorded, + here):\n%s", cmp.Diff(lines(want), lines(got)))
	}
}

func lines(text string) []string { return strings.SplitAfter(text, "\n") }
