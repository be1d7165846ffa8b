package measure

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"concbench/results"
	"concbench/workloads"
)

// build makes the program of a package and returns its path.
func build(t testing.TB, pkg string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), WorkerName)
	if out, err := exec.Command("go", "build", "-o", path, pkg).CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", pkg, err, out)
	}
	return path
}

// TestWorkerLinksNothingThatDraws keeps plotting, HTML and command-line
// packages, and the parts that only the runner needs, out of the trials.
func TestWorkerLinksNothingThatDraws(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "concbench/cmd/bench-trial").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "concbench/measure/trial") {
		t.Fatalf("go list tells nothing of the worker: %s", out)
	}
	for _, dep := range deps {
		for _, heavy := range []string{"gonum.org/", "html/template", "text/template", "github.com/spf13/", "concbench/reports",
			"concbench/stats", "concbench/internal/platform", "github.com/prometheus/", "testing"} {
			if strings.HasPrefix(dep+"/", strings.TrimSuffix(heavy, "/")+"/") {
				t.Errorf("the worker links %s", dep)
			}
		}
	}
}

// TestWorkerWithoutARunner is what someone sees who starts the program by hand.
func TestWorkerWithoutARunner(t *testing.T) {
	out, err := exec.Command(build(t, "concbench/cmd/bench-trial")).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(out), "use bench run") {
		t.Errorf("%s, %v; want a hint to bench run, and status 2", out, err)
	}
}

// TestWorkerRunsRealTrials runs real cells through the real worker, with its
// page server.
func TestWorkerRunsRealTrials(t *testing.T) {
	p := Profile{Name: "p", Rounds: 1, Scale: 0.01, Sets: []Set{
		{Workload: "Sleep", Arms: all},
		{Workload: "Download", Arms: all},
		{Workload: "Switch", Arms: concurrent, Grid: grid(axis("cpu", "same"), axis("laps", "100"))},
		{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "10"))},
	}}
	for _, record := range realRun(t, build(t, "concbench/cmd/bench-trial"), p).Records {
		if record.Status != results.OK || len(record.Values) == 0 {
			t.Errorf("%s: %s %s", record.Cell.Label(), record.Status, record.Error)
		}
	}
}

func realRun(t testing.TB, worker string, p Profile) Summary {
	t.Helper()
	plan, err := newPlan(p, workloads.All, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	r := Runner{Plan: plan, Dir: filepath.Join(t.TempDir(), "run"), Worker: worker}
	summary, err := r.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return summary
}
