package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

// before are the commands that make what the examples of a verb need.
var before = map[string]string{
	"run":     makeRun,
	"report":  makeRun,
	"compare": makeRun + "exec cp -rL bench-out/latest bench-out/before\n",
}

const makeRun = "exec bench run -workload Sleep -scale 0.001 -rounds 1 -seed 7\n"

// Every example in the help of every verb is run, in the order in which it stands there.
func TestExamples(t *testing.T) {
	dir := t.TempDir()
	for _, verb := range verbs() {
		if verb.Example == "" {
			t.Errorf("the help of %s has no example", verb.Name())
			continue
		}
		if verb.Name() == "serve" {
			continue // runs until it is stopped: TestServe
		}
		script := before[verb.Name()]
		for line := range strings.Lines(verb.Example) {
			script += "exec " + strings.TrimSpace(line) + "\n"
		}
		if err := os.WriteFile(filepath.Join(dir, verb.Name()+".txtar"), []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	testscript.Run(t, testscript.Params{Dir: dir})
}

func verbs() []*cobra.Command {
	var all []*cobra.Command
	for _, c := range newRoot().Commands() {
		if !c.Hidden && c.Name() != "help" {
			all = append(all, c)
		}
	}
	return all
}

func TestHelpNamesEveryVerb(t *testing.T) {
	var out, errs bytes.Buffer
	if status := run([]string{"-help"}, &out, &errs); status != 0 || errs.Len() > 0 {
		t.Fatalf("bench -help: status %d, %s", status, &errs)
	}
	for _, verb := range []string{"list", "run", "report", "compare", "demo", "serve", "doctor", "version"} {
		if !strings.Contains(out.String(), "\n  "+verb+" ") {
			t.Errorf("bench -help does not list %s:\n%s", verb, &out)
		}
	}
}

// A server that is told to stop says where it listened and ends well.
func TestServe(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	root := newRoot()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetArgs([]string{"serve"})
	if err := root.ExecuteContext(ctx); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "serving http://127.0.0.1:") {
		t.Errorf("bench serve printed %q", out.String())
	}
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: filepath.Join("testdata", "script")})
}
