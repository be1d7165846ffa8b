package workloads

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"concbench/models"
	"concbench/models/registry"
)

// A kind is a way to have a number without its work.
type kind string

const (
	part   kind = "leaves out a part of the work"
	twice  kind = "does work twice"
	before kind = "does work before the clock runs, or before its time"
	after  kind = "does work after the clock has stopped"
	aside  kind = "does work beside what it must not be beside"
	fewer  kind = "does work on fewer threads, or other ones, than the model says"
	replay kind = "gives an old answer, or one to another question"
)

var kinds = []kind{part, twice, before, after, aside, fewer, replay}

// A cheatCase is one cheat that a workload must catch.
type cheatCase struct {
	kind
	what  string            // is cheated, where the kind does not say it all
	model string            // that is made to cheat, with its options; goroutine if empty
	given map[string]string // parameters of the trial
	cheat cheat             // of the model
	edit  func(*Trial)      // of the trial, once its ledger is known
}

// A proof is what the tests know of a workload: parameters with which a trial
// takes milliseconds, the cheats that it catches, and why there is none of a kind.
type proof struct {
	small   []map[string]string
	cheats  []cheatCase
	excused map[kind]string
}

// proofs are those of all workloads.
var proofs = map[string]proof{
	"Sleep":     sleepProof,
	"Download":  downloadProof,
	"Spinner":   spinnerProof,
	"Factorial": factorialProof,
	"Switch":    switchProof,
	"Memory":    memoryProof,
	"Latency":   latencyProof,
}

func TestEveryWorkloadHasAProof(t *testing.T) {
	for _, w := range All {
		for _, missing := range missingFrom(proofs[w.Name]) {
			t.Errorf("%s has no %s: see proofs in cheat_test.go", w.Name, missing)
		}
	}
}

// missingFrom tells what a proof does not have.
func missingFrom(p proof) []string {
	var missing []string
	if len(p.small) == 0 {
		missing = append(missing, "small parameters")
	}
	if len(p.cheats) == 0 {
		return append(missing, "cheats")
	}
	for _, k := range kinds {
		tried := slices.ContainsFunc(p.cheats, func(c cheatCase) bool { return c.kind == k })
		if tried == (p.excused[k] != "") {
			missing = append(missing, "cheat that "+string(k)+", or a reason why there is none; or it has both")
		}
	}
	return missing
}

func TestProofsMustBeWhole(t *testing.T) {
	small := []map[string]string{{}}
	whole := map[kind]string{twice: "x", before: "x", after: "x", aside: "x", fewer: "x", replay: "x"}
	for _, c := range []struct {
		proof
		want string
	}{
		{proof{}, "small parameters, cheats"},
		{proof{small: small}, "cheats"},
		{proof{small: small, cheats: []cheatCase{{kind: twice}}, excused: whole}, "cheat that leaves out"},
		{proof{small: small, cheats: []cheatCase{{kind: part}, {kind: twice}}, excused: whole}, "cheat that does work twice"},
		{proof{small: small, cheats: []cheatCase{{kind: part}}, excused: whole}, ""},
	} {
		got := strings.Join(missingFrom(c.proof), ", ")
		if !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%q is missing, want %q", got, c.want)
		}
	}
}

// TestCheatsAreCaught has each cheat tried, and the same trial without it.
func TestCheatsAreCaught(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(proofs)) {
		for _, c := range proofs[name].cheats {
			t.Run(name+"/"+string(c.kind)+"/"+c.what, func(t *testing.T) {
				if c.given["cpu"] == "cross" {
					if _, err := twoCPUs(); err != nil {
						t.Skip(err)
					}
				}
				if c.kind == fewer && threadID() == 0 {
					t.Skip("this platform has no numbers of threads")
				}
				honest := c
				honest.cheat, honest.edit = cheat{}, nil
				if how := runCheat(t, name, honest); how != "" {
					t.Fatalf("without the cheat: %s", how)
				}
				how := runCheat(t, name, c)
				if how == "" {
					t.Error("not caught")
				}
				t.Log(how)
			})
		}
	}
}

// runCheat tells how the cheat was caught.
func runCheat(t *testing.T, workload string, c cheatCase) string {
	t.Helper()
	w, err := Find(workload)
	if err != nil {
		t.Fatal(err)
	}
	name, options, _ := strings.Cut(c.model, "/")
	if name == "" {
		name = "goroutine"
	}
	m, err := registry.New(name, options)
	if err != nil {
		t.Fatal(err)
	}
	trial := newTrial(t, w, &cheater{Model: m, cheat: c.cheat}, c.given)
	want, err := w.Expect(trial)
	if err != nil {
		t.Fatal(err)
	}
	if c.edit != nil {
		c.edit(trial)
	}
	switch err := w.Run(trial); {
	case err != nil:
		return err.Error()
	case trial.Work.Faults != "":
		return trial.Work.Faults
	case trial.Work != want:
		return "the ledgers differ"
	}
	return ""
}

// Nothing forbids a yield to find nobody ready, so the ledger lets it pass and
// turns/switch tells.
func TestTurnsShowYieldsThatGiveNothing(t *testing.T) {
	trial := newTrial(t, switching, &cheater{Model: newModel(t, "threads"), cheat: cheat{emptyYields: true}}, map[string]string{"laps": "10000"})
	if err := switching.Run(trial); err == nil || trial.Values["sec/switch"] != 0 {
		t.Errorf("a model whose yields do nothing has %v s/switch, %v; want an error and no number", trial.Values["sec/switch"], err)
	}
}

// A task that the machine does not allow must not leave the others waiting.
func TestTasksBeyondALimit(t *testing.T) {
	for _, w := range []Workload{switching, memory} {
		for _, given := range proofs[w.Name].small {
			if given["tasks"] == "0" || given["cpu"] == "cross" {
				continue
			}
			trial := newTrial(t, w, &cheater{Model: newModel(t, "goroutine"), cheat: cheat{limited: true}}, given)
			if err := w.Run(trial); !errors.Is(err, models.ErrLimit) {
				t.Errorf("%s %v: %v, want ErrLimit", w.Name, given, err)
			}
		}
	}
}
