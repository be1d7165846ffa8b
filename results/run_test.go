package results

import (
	"encoding/json"
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
	got, records, cut, err := Open(dir)
	if err != nil || records != nil || cut != nil {
		t.Fatal(records, cut, err)
	}
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Error(diff)
	}
	if err := Create(dir, want); err == nil || !strings.Contains(err.Error(), "a run already") {
		t.Errorf("a second run in the same folder: %v", err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) != 1 {
		t.Errorf("the folder holds %v, want run.json alone", names)
	}
}

func TestRunsThatCannotBeOpened(t *testing.T) {
	run := sampleRun()
	whole, err := json.Marshal(run)
	if err != nil {
		t.Fatal(err)
	}
	foreign := record(0)
	beyond := record(99)
	for name, c := range map[string]struct {
		run     string
		journal string
		want    string
	}{
		"not a run":         {"", "", "is not a run of concbench: it has no run.json"},
		"truncated":         {string(whole[:len(whole)/2]), "", "damaged"},
		"empty file":        {" ", "", "damaged"},
		"other program":     {`["a"]`, "", "damaged, or not a run"},
		"no schema":         {`{"foo":1}`, "", "not a run of concbench"},
		"other schema":      {`{"schema":7}`, "", "a run of schema 7"},
		"unknown field":     {`{"schema":1,"colour":"red"}`, "", "damaged"},
		"plan out of order": {strings.Replace(string(whole), `"seq":1`, `"seq":3`, 1), "", "trial 1 of the plan has the number 3"},
		"unknown workload":  {strings.Replace(string(whole), `"name":"Switch"`, `"name":"Sleep"`, 1), "", `does not describe the workload "Switch"`},
		"bad scale":         {strings.ReplaceAll(string(whole), `"scale":1`, `"scale":0`), "", "scale 0"},
		"broken journal":    {string(whole), "x\n", "trials.jsonl:1: not a record"},
		"foreign journal":   {string(whole), string(lines(t, foreign)), "they are of different runs"},
		"longer journal":    {string(whole), string(lines(t, beyond)), "they are of different runs"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) {
				if text != "" {
					if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			write(RunName, c.run)
			write(JournalName, c.journal)
			_, _, _, err := Open(dir)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), dir) && c.journal == "" {
				t.Errorf("error %v; want one with %q that names the folder", err, c.want)
			}
		})
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := Open(file); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file: %v", err)
	}
	if _, _, _, err := Open(file + "-none"); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a missing folder: %v", err)
	}
}

func TestCutJournalIsAWarning(t *testing.T) {
	dir := t.TempDir()
	if err := Create(dir, sampleRun()); err != nil {
		t.Fatal(err)
	}
	first := record(0)
	first.Cell = sampleRun().Plan[0].Cell
	text := append(lines(t, first), `{"schema":1,"se`...)
	if err := os.WriteFile(filepath.Join(dir, JournalName), text, 0o644); err != nil {
		t.Fatal(err)
	}
	_, records, cut, err := Open(dir)
	if err != nil || len(records) != 1 || cut == nil || cut.Line != 2 {
		t.Errorf("%d records, %v, %v; want one, and a warning of line 2", len(records), cut, err)
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
	whole, err := json.Marshal(sampleRun())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"schema":1,"plan":[{"seq":0,"scale":1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		run, err := parseRun(data)
		if err != nil {
			return
		}
		text, err := json.Marshal(run)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseRun(text); err != nil {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}
