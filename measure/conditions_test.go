package measure

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"concbench/noise"
	"concbench/results"
)

func TestOnlyRecordedVariablesReachATrial(t *testing.T) {
	for _, name := range []string{"GOGC", "GODEBUG", "GOMAXPROCS", "LD_PRELOAD", "MALLOC_ARENA_MAX", "TMPDIR", "SSL_CERT_FILE", "HOME"} {
		t.Setenv(name, "7")
	}
	for kind, test := range map[string]struct {
		urls    []string
		reaches []string
	}{
		"page server": {nil, []string{"GOGC", "GODEBUG"}},
		"real sites":  {[]string{"https://a.example"}, []string{"GOGC", "GODEBUG", "SSL_CERT_FILE"}},
	} {
		r := &Runner{Plan: results.Run{URLs: test.urls}}
		env := r.environment()
		for _, name := range []string{"GOGC", "GODEBUG", "GOMAXPROCS", "LD_PRELOAD", "MALLOC_ARENA_MAX", "TMPDIR", "SSL_CERT_FILE", "HOME"} {
			if slices.Contains(env, name+"=7") != slices.Contains(test.reaches, name) {
				t.Errorf("%s: a trial sees %q", kind, env)
			}
			if slices.Contains(test.reaches, name) && variables(env)[name] != "7" {
				t.Errorf("%s: %s reaches a trial, and what is recorded is %v", kind, name, variables(env))
			}
		}
	}
	kept := keptOut()
	if !slices.Contains(kept, "GOMAXPROCS=7") || !slices.Contains(kept, "LD_PRELOAD=7") || slices.Contains(kept, "GOGC=7") {
		t.Errorf("kept out: %q", kept)
	}
}

func TestUnsetVariablesAreRecordedAsWhatTheyMean(t *testing.T) {
	if got := variables([]string{"GOGC="}); got["GOGC"] != "100" || got["GOMEMLIMIT"] != "off" {
		t.Errorf("%v", got)
	}
}

// TestSettingsThatChangeInARunAreNoticed makes the runner nicer before its
// third trial, as renice does.
func TestSettingsThatChangeInARunAreNoticed(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells how a thread is scheduled")
	}
	runtime.LockOSThread() // and not unlocked: the thread ends with the test
	r := toyRunner(t, toyPlan(t, 2, "Toy"))
	r.Progress = &counter{onStart: func(p results.Planned) {
		if p.Seq == 2 {
			if err := unix.Setpriority(unix.PRIO_PROCESS, 0, 9); err != nil {
				t.Error(err)
			}
		}
	}}
	for _, record := range mustRun(t, r).Records {
		got, changed := record.Settings["nice"], record.Seq >= 2
		if (got == "9") != changed || slices.Contains(noise.Of(record), noise.Settings) != changed {
			t.Errorf("trial %d: settings %v, disturbed by %v", record.Seq, record.Settings, noise.Of(record))
		}
	}
}

func TestResumingUnderOtherSettingsIsNoticed(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Toy"))
	mustRun(t, r)
	journal := filepath.Join(r.Dir, results.JournalName)
	data, err := os.ReadFile(journal)
	if err == nil {
		lines := strings.SplitAfter(string(data), "\n")
		err = os.WriteFile(journal, []byte(strings.Join(lines[:2], "")), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOGC", "400")
	again := reopened(t, r)
	if told := strings.Join(again.Conditions(), "\n"); !strings.Contains(told, "not the settings that the run began with: GOGC: 100 against 400") {
		t.Errorf("told when it is resumed: %q", told)
	}
	for _, record := range mustRun(t, again).Records {
		if (record.Settings["GOGC"] == "400") != (record.Seq >= 2) {
			t.Errorf("trial %d: settings %v", record.Seq, record.Settings)
		}
	}
}

func TestResumingWithAWorkerThatWasBuiltOtherwise(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	names := slices.Sorted(maps.Keys(built(r.Worker)))
	if len(names) == 0 {
		t.Skip("this test binary does not tell how it was built")
	}
	r.Plan.Machine.Settings[names[0]] = "other"
	if err := results.Create(r.Dir, r.Plan); err != nil {
		t.Fatal(err)
	}
	if _, err := reopened(t, r).Run(t.Context()); !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), names[0]+": other against") {
		t.Errorf("error %v", err)
	}
}

func TestUnusualSettingsAreToldAtTheStart(t *testing.T) {
	t.Setenv("GOGC", "400")
	t.Setenv("GOMAXPROCS", "1")
	told := strings.Join(toyRunner(t, toyPlan(t, 1, "Toy")).Conditions(), "\n")
	for _, want := range []string{"GOGC=400 (usually 100)", "does not reach the trials: GOMAXPROCS=1"} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in %q", want, told)
		}
	}
}
