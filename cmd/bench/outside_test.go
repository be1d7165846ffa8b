package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"concbench/results"
)

// evil is what a text from outside may hold: colours, a window's title, a bell,
// the escape of eight bits as a letter and as a byte, the other direction of
// writing, and lines of its own.
const evil = "a\x1b[31m\x1b]0;title\a\u009b2J\x9b2J\u202eb\r\nbench: c\tz"

// evilName is such a text as the name of a file: not every system takes any bytes.
func evilName() string {
	if runtime.GOOS == "linux" {
		return evil
	}
	return strings.ToValidUTF8(evil, "")
}

// harmless reports whether the text steers no terminal.
func harmless(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) })
}

// evilRun is a run with such text wherever its files can have it.
func evilRun(t *testing.T) string {
	t.Helper()
	cell := func(arm string) results.Cell {
		return results.Cell{Workload: evil + "w", Model: evil + arm, Options: evil, Params: results.Params{{Name: evil, Value: evil}}}
	}
	run := results.Run{Schema: results.Schema, Profile: evil, Scale: 1, Version: evil, Go: evil, Command: []string{evil}, URLs: []string{evil},
		Machine:   results.Machine{OS: evil, Arch: evil, CPU: evil, Kernel: evil, Virtual: evil, Governor: evil},
		Workloads: []results.WorkloadInfo{{Name: evil + "w", Doc: evil, Metrics: []results.Metric{{Name: "sec/op", Title: evil, Better: results.Lower}}}}}
	for seq, arm := range []string{"a", "b", "a", "b"} {
		run.Plan = append(run.Plan, results.Planned{Seq: seq, Round: seq / 2, Cell: cell(arm), Scale: 1})
	}
	dir := filepath.Join(t.TempDir(), evilName())
	if err := results.Create(dir, run); err != nil {
		t.Fatal(err)
	}
	j, _, err := results.OpenJournal(dir)
	if err != nil {
		t.Fatal(err)
	}
	for seq, status := range []results.Status{results.OK, results.OK, results.Failed, results.Refused} {
		planned := run.Plan[seq]
		r := results.Record{Schema: results.Schema, Seq: seq, Round: planned.Round, Cell: planned.Cell, Scale: 1, Status: status}
		if r.Values = map[string]float64{"sec/op": 1}; status != results.OK {
			r.Values, r.Error, r.Work.Checksum = nil, evil, evil
		}
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTextFromOutside sends such text in by every door that a command line has,
// and finds none of it on the way out. What a server, a worker and a terminal
// do is in testdata/script/outside.txtar.
func TestTextFromOutside(t *testing.T) {
	t.Chdir(t.TempDir())
	dir := evilRun(t)
	damaged := evilRun(t)
	journal := filepath.Join(damaged, results.JournalName)
	text, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	folder, file := evilName(), evilName()+".txt"
	for _, err := range []error{
		os.WriteFile(journal, bytes.Replace(text, []byte("sec"), []byte("cse"), 1), 0o644),
		os.WriteFile(file, []byte(evil+"\n"), 0o644),
		os.Mkdir(folder, 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	keys := filepath.Join(dir, "keys.txt") // a key of a benchmark file has no spaces and no capitals
	if err := os.WriteFile(keys, []byte("key\x1b[31m: "+"value\nBenchmarkX 1 2 sec/op\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	verb := func(status int, args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		got := run(args, &out, &errs)
		if got != status || !harmless(out.String()) || !harmless(errs.String()) {
			t.Errorf("%q: status %d, want %d\n%q\n%q", args, got, status, out.String(), errs.String())
		}
		if strings.Count(errs.String(), "\n") != strings.Count("\n"+errs.String(), "\nbench: ") || strings.Contains(errs.String(), "\nbench: c") {
			t.Errorf("%q: not lines of this command alone: %q", args, errs.String())
		}
	}
	verb(0, "report", dir)
	verb(0, "compare", dir, dir)
	verb(0, "compare", keys, keys)
	verb(0, "compare", "-by-model", dir, filepath.Join(dir, results.BenchFile))
	verb(1, "run", "-resume", dir) // begun on another machine
	verb(1, "report", damaged)
	verb(0, "report", "-accept-loss", damaged)
	for _, args := range [][]string{
		{evil}, {"help", evil}, {"run", "-" + evil}, {"run", evil}, {"list", evil},
		{"report", folder}, {"report", file}, {"run", "-resume", folder}, {"run", "-urls", file}, {"run", "-urls", folder}, {"run", "-out", file},
		{"compare", folder, file}, {"compare", file, folder}, {"compare", "-filter", evil, file, file},
		{"run", "-workload", evil}, {"run", "-model", evil}, {"run", "-param", evil}, {"run", "-param", evil + "=" + evil}, {"run", "-profile", evil},
		{"run", "-rounds", evil}, {"run", "-scale", evil}, {"serve", "-listen", evil}, {"doctor", "-climb", evil},
		{"demo", evil}, {"demo", "sleep", "-model", evil}, {"demo", "sleep", "-form", evil}, {"demo", "sleep", "-options", evil},
	} {
		verb(2, args...)
	}
}

// TestProgressIsOneLineATrial: a name or an error cannot make more of it.
func TestProgressIsOneLineATrial(t *testing.T) {
	var out bytes.Buffer
	p := newProgress(screen(&out), 0, 2)
	cell := results.Cell{Workload: evil, Model: evil}
	p.TrialStarted(results.Planned{Cell: cell}, 0)
	p.TrialDone(results.Record{Cell: cell, Status: results.Failed, Error: evil}, 0)
	p.Refused(results.Record{Cell: cell, Status: results.Refused, Error: evil})
	if !harmless(out.String()) || strings.Count(out.String(), "\n") != 3 {
		t.Errorf("%q; want three lines", out.String())
	}
}
