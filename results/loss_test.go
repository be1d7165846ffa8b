package results

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFewer(t *testing.T) {
	const old = "# concbench abc, profile bench\nUnit sec/op better=lower\n\nBenchmarkA 1 2 sec/op\nBenchmarkA 1 3 sec/op\n"
	for name, c := range map[string]struct {
		bench, page string
		records     int
		refused     bool
	}{
		"nothing drawn yet":       {"", "", 0, false},
		"as many":                 {"# concbench abc, profile bench, 12 records\n", "page", 12, false},
		"more":                    {"# concbench abc, profile bench, 12 records\n", "page", 13, false},
		"one fewer":               {"# concbench abc, profile bench, 12 records\n", "page", 11, true},
		"none":                    {"# concbench abc, profile bench, 12 records\n", "page", 0, true},
		"a report of none":        {"# concbench abc, profile bench, 0 records\n", "page", 0, false},
		"as many, schema 1":       {old, "page", 2, false},
		"fewer, schema 1":         {old, "page", 1, true},
		"none, only a page":       {"", "page", 0, true},
		"some, only a page":       {"", "page", 1, false},
		"another program's words": {"12 records\n", "", 0, false},
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{BenchFile: c.bench, PageName: c.page} {
			if text != "" {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := Fewer(dir, c.records); (err != nil) != c.refused || err != nil && !errors.Is(err, ErrFewer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFewerReadsWhatIsWritten has the number from the file that a run writes.
func TestFewerReadsWhatIsWritten(t *testing.T) {
	dir, run := t.TempDir(), sampleRun()
	// From a run.json that somebody made up.
	run.Profile, run.Machine.CPU = "two\nlines, 99 records", "fast\nBenchmarkForged 1 1 sec/switch"
	if err := WriteBenchFile(dir, &run, []Record{record(0), record(1)}); err != nil {
		t.Fatal(err)
	}
	if text := readFile(t, dir, BenchFile); bytes.Contains(text, []byte("\nlines")) || bytes.Contains(text, []byte("\nBenchmarkForged")) {
		t.Errorf("a text has made lines of its own: %s", text)
	}
	if err := Fewer(dir, 2); err != nil {
		t.Error(err)
	}
	if err := Fewer(dir, 1); !errors.Is(err, ErrFewer) || !strings.Contains(err.Error(), "1 now, 2 then") {
		t.Error(err)
	}
}

func FuzzDrawnFrom(f *testing.F) {
	f.Add([]byte("# concbench v1, profile bench, 7 records\n"), 7)
	f.Add([]byte("# concbench v1, profile bench, 99999999999999999999 records\n"), 0)
	f.Add([]byte(strings.Repeat("x", 5000)+"\nBenchmarkX"), 1)
	f.Fuzz(func(t *testing.T, text []byte, records int) {
		path := filepath.Join(t.TempDir(), BenchFile)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		drawn, err := drawnFrom(path)
		if drawn < 0 || err != nil && strings.Contains(err.Error(), "\n") {
			t.Fatalf("%d, %v", drawn, err)
		}
		if refused := Fewer(filepath.Dir(path), records); (refused != nil) != (err != nil || drawn > records) {
			t.Fatalf("drawn from %d, %v; with %d now: %v", drawn, err, records, refused)
		}
	})
}
