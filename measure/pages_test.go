package measure

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"concbench/results"
)

func TestPageServerServesTheTrialsThatNeedIt(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Pages"))
	summary, err := r.Run(context.Background())
	if err != nil || summary.ByStatus[results.OK] != summary.Planned {
		t.Fatalf("%+v, %v", summary, err)
	}
	awaitDeath(t, strconv.Itoa(r.pages.cmd.Process.Pid))
}

func TestPageServerIsStartedOnDemandOnly(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Toy"))
	if _, err := r.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r.pages.cmd != nil {
		t.Error("a page server was started for trials that need none")
	}
}

func TestPageServerThatDiedIsReplaced(t *testing.T) {
	s := &pageServer{worker: os.Args[0], env: []string{toyVariable + "=yes"}}
	first, err := s.up()
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.up()
	if err != nil || again != first {
		t.Errorf("a second look gives %q, %v; want the same server, %q", again, err, first)
	}
	killGroup(s.cmd.Process.Pid)
	s.ended <- <-s.ended // it has died, and up can see it
	if _, err := s.up(); err != nil {
		t.Error("no new server:", err)
	}
	killGroup(s.cmd.Process.Pid)
	s.ended <- <-s.ended
	s.env = []string{toyVariable + "=broken server"}
	if _, err := s.up(); !errors.Is(err, ErrWorker) {
		t.Errorf("a server that cannot be replaced: %v", err)
	}
	if err := s.stop(); err != nil {
		t.Errorf("stopping where there is no server: %v", err)
	}
}

func TestPageServerThatDoesNotStart(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Pages"))
	r.Env = []string{toyVariable + "=broken server"}
	_, err := r.Run(context.Background())
	if !errors.Is(err, ErrWorker) || !strings.Contains(err.Error(), "no port is free") {
		t.Errorf("error %v; want ErrWorker and what the server said", err)
	}
}

// TestPageServerEndedFromOutside: trials that fail for it are tried again.
func TestPageServerEndedFromOutside(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 1, "Pages"))
	env := r.Env
	r.Env = append(slices.Clone(env), toyPID+"="+filepath.Join(t.TempDir(), "pid"))
	summary, _ := r.Run(context.Background()) // the error is that of the last server
	if summary.ByStatus[results.Terminated] != 2 || !strings.Contains(summary.Records[0].Error, "its page server was ended from outside (signal: killed)") {
		t.Fatalf("%+v", summary)
	}
	again := reopened(t, r)
	again.Env = env
	if end := mustRun(t, again); end.ByStatus[results.OK] != 2 || end.Records[0].Attempt != 1 {
		t.Errorf("resumed: %+v", end)
	}
}
