package results

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sampleRun() Run {
	metrics := []Metric{
		{Name: "sec/switch", Title: "time per switch", Better: Lower},
		{Name: "overlap", Title: "overlap", Better: Higher},
		{Name: "kernel/switch", Title: "kernel switches", Better: Neither},
		{Name: "wakes", Title: "wakes", Better: Lower, Exact: true},
	}
	run := Run{Schema: Schema, Profile: "bench", Seed: 1, Scale: 1, Version: "abc", Dirty: true,
		Machine:   Machine{OS: "linux", Arch: "amd64", CPU: "Fast CPU @ 3 GHz"},
		Workloads: []WorkloadInfo{{Name: "Switch", Doc: "Switches.", Metrics: metrics}}}
	for seq := range 4 {
		model := []string{"coroutine", "threads"}[seq%2]
		run.Plan = append(run.Plan, Planned{Seq: seq, Round: seq / 2, Scale: 1, Cell: Cell{Workload: "Switch", Model: model}})
	}
	return run
}

func TestRunIsReadAsWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "run")
	want := sampleRun()
	if err := Create(dir, want); err != nil {
		t.Fatal(err)
	}
	got := mustOpen(t, dir)
	if diff := cmp.Diff(&want, got.Run); diff != "" || got.Records != nil || got.Cut != nil {
		t.Error(diff, got.Records, got.Cut)
	}
	if err := Create(dir, want); err == nil || !strings.Contains(err.Error(), "a run already") {
		t.Errorf("a second run in the same folder: %v", err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) != 1 {
		t.Errorf("the folder holds %v, want run.json alone", names)
	}
}

// TestOneOfManyMakesTheRun: of those that begin a run in one folder at once, one does.
func TestOneOfManyMakesTheRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	errs := make(chan error, 20)
	for seed := range cap(errs) {
		go func() {
			run := sampleRun()
			run.Seed = uint64(seed)
			errs <- Create(dir, run)
		}()
	}
	made := 0
	for range cap(errs) {
		if err := <-errs; err == nil {
			made++
		} else if !strings.Contains(err.Error(), "a run already") {
			t.Error(err)
		}
	}
	if made != 1 {
		t.Errorf("%d made the run", made)
	}
	if names, _ := os.ReadDir(dir); len(names) != 1 {
		t.Errorf("the folder holds %v, want run.json alone", names)
	}
}

// TestSchema1IsRead: files without checksums can be read, and are left as they are.
func TestSchema1IsRead(t *testing.T) {
	dir := filepath.Join("testdata", "schema1")
	saved := mustOpen(t, dir)
	if len(saved.Run.Plan) != 6 || len(saved.Records) != 5 || saved.Lost() != nil {
		t.Errorf("%d trials planned, %d done, %v", len(saved.Run.Plan), len(saved.Records), saved.Lost())
	}
	if _, _, err := OpenJournal(dir); err == nil || !strings.Contains(err.Error(), "schema 1, which can be read but not gone on with") {
		t.Errorf("OpenJournal: %v", err)
	}
	damaged := t.TempDir()
	if err := os.CopyFS(damaged, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	text := readFile(t, dir, JournalName)
	writeJournal(t, damaged, []byte(strings.Replace(string(text), `"seq":1,`, `"seq" 1,`, 1)))
	if saved := mustOpen(t, damaged); len(saved.Records) != 4 || !errors.Is(saved.Lost(), ErrDamaged) {
		t.Errorf("a damaged line: %d records, %v", len(saved.Records), saved.Lost())
	}
}

func TestRunsThatCannotBeOpened(t *testing.T) {
	run := sampleRun()
	whole, err := json.MarshalIndent(run, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	sealed := string(fileSeal.put(whole))
	change := func(old, new string) string {
		return string(fileSeal.put([]byte(strings.ReplaceAll(string(whole), old, new))))
	}
	for name, c := range map[string]struct {
		run   string
		want  string
		noRun bool
	}{
		"not a run":         {"", "has no run.json", true},
		"truncated":         {sealed[:len(sealed)/2], "damaged", false},
		"no line end":       {strings.TrimSpace(sealed), "damaged, or changed by hand", false},
		"blank file":        {" ", "damaged", false},
		"other program":     {`["a"]`, "damaged, or not of concbench", false},
		"no schema":         {`{"foo":1}`, "not a run of concbench", true},
		"other schema":      {`{"schema":7}`, "a run of schema 7; this concbench reads schemas 1 to 2", false},
		"no checksum":       {string(whole), "damaged, or changed by hand: its checksum is not where it was written", false},
		"edited":            {strings.Replace(sealed, "sec/switch", "sec/twitch", 1), "its checksum is not that of its text", false},
		"unknown field":     {change(`"profile"`, `"colour"`), "damaged", false},
		"plan out of order": {change(`"seq": 1`, `"seq": 3`), "trial 1 of the plan has the number 3", false},
		"unknown workload":  {change(`"name": "Switch"`, `"name": "Sleep"`), `does not describe the workload "Switch"`, false},
		"bad scale":         {change(`"scale": 1`, `"scale": 0`), "scale 0", false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if c.run != "" {
				if err := os.WriteFile(filepath.Join(dir, RunName), []byte(c.run), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Open(dir)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), dir) || errors.Is(err, ErrNoRun) != c.noRun {
				t.Errorf("error %v; want one with %q that names the folder; ErrNoRun: %v", err, c.want, c.noRun)
			}
		})
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); !errors.Is(err, ErrNoRun) || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file: %v", err)
	}
	if _, err := Open(file + "-none"); !errors.Is(err, ErrNoRun) || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a missing folder: %v", err)
	}
}

func TestPointLatest(t *testing.T) {
	out := t.TempDir()
	for _, name := range []string{"one", "two"} {
		dir := filepath.Join(out, name)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := PointLatest(dir); err != nil {
			t.Fatal(err)
		}
		if to, err := os.Readlink(filepath.Join(out, "latest")); err != nil || to != name {
			t.Errorf("latest points to %q, %v; want %q", to, err, name)
		}
	}
	latest := filepath.Join(out, "latest")
	if err := PointLatest(latest); err != nil {
		t.Error("the link given as the run:", err)
	}
	if to, err := os.Readlink(latest); err != nil || to != "two" {
		t.Errorf("the link given as the run points to %q, %v", to, err)
	}
	mine := filepath.Join(t.TempDir(), "latest")
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	run := filepath.Join(filepath.Dir(mine), "run")
	if err := os.Mkdir(run, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := PointLatest(run); err == nil || !strings.Contains(err.Error(), "not a link") {
		t.Errorf("latest over somebody's file: %v", err)
	}
	if data, err := os.ReadFile(mine); err != nil || string(data) != "mine" {
		t.Errorf("somebody's file became %q, %v", data, err)
	}
}

func FuzzParseRun(f *testing.F) {
	whole, err := json.MarshalIndent(sampleRun(), "", "  ")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(fileSeal.put(whole))
	f.Add([]byte(`{"schema":1,"plan":[{"seq":0,"scale":1}]}`))
	f.Add([]byte(strings.Replace(string(whole), `"schema": 2`, `"schema": 1`, 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		run, _, err := parseRun(data)
		if err != nil {
			return
		}
		run.Schema = Schema
		text, err := json.MarshalIndent(run, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := parseRun(fileSeal.put(text)); err != nil {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}
