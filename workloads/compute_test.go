package workloads

import (
	"math"
	"strings"
	"testing"
	"time"

	"concbench/models"
)

func FuzzJumpIsWhatTheRoundsDo(f *testing.F) {
	f.Add(uint64(1), uint16(0))
	f.Add(uint64(math.MaxUint64), uint16(2000))
	f.Fuzz(func(t *testing.T, x uint64, rounds uint16) {
		if got, want := jump(x, uint64(rounds)), xorshift(x, int(rounds)); got != want {
			t.Fatalf("after %d rounds from %x: %x, want %x", rounds, x, got, want)
		}
	})
}

// However many items, the ledger has them at once; the route over two parts must
// meet the direct one.
func TestJumpFar(t *testing.T) {
	const far = math.MaxUint64 / 3
	if a, b := jump(5, far), jump(jump(5, far/2), far-far/2); a != b {
		t.Errorf("%x on one route and %x on another", a, b)
	}
}

func TestComputerTellsItsItems(t *testing.T) {
	c := newComputer(8)
	err := models.Protect(func() error { return c.items(noTask{}, 7, 3) })
	if err != nil || c.sum() != expectedSum(8, 7, 3) || !c.honest() {
		t.Errorf("computed %q, want %q, %v", c.sum(), expectedSum(8, 7, 3), err)
	}
	for name, other := range map[string]string{
		"fewer items":  expectedSum(8, 6, 3),
		"more items":   expectedSum(8, 8, 3),
		"fewer yields": expectedSum(8, 7, 4),
		"another seed": expectedSum(10, 7, 3),
	} {
		if other == c.sum() {
			t.Errorf("%s have the same sum", name)
		}
	}
	c.done++
	if c.honest() {
		t.Error("an item that was counted and not done is not noticed")
	}
}

// A noTask is a task that nobody else wants to run beside.
type noTask struct{ models.Task }

func (noTask) Checkpoint()  {}
func (noTask) Yield() error { return nil }

func TestItemsNeedAPace(t *testing.T) {
	for _, pace := range []time.Duration{-1, 0, 1, time.Second} {
		trial := newTrial(t, spinner, newModel(t, "serial"), map[string]string{"kind": "cpu"})
		trial.Pace = pace
		_, expected := spinner.Expect(trial)
		if run := spinner.Run(trial); expected == nil || run == nil || !strings.Contains(run.Error(), "MeasurePace") {
			t.Errorf("a pace of %v: Expect %v, Run %v; want errors that say what to do", pace, expected, run)
		}
	}
	if pace := MeasurePace(); pace < minPace || pace > maxPace {
		t.Errorf("the pace here is %v, which is not from %v to %v", pace, minPace, maxPace)
	}
}

// All trials that are told the same pace do the same items, whatever their own
// process is like.
func TestItemsFollowFromThePace(t *testing.T) {
	var sums []string
	for _, model := range []string{"coroutine", "threads", "goroutine", "serial"} {
		trial := newTrial(t, spinner, newModel(t, model), map[string]string{"kind": "cpu", "slow": "1s"})
		trial.Pace = 100 * time.Microsecond
		if err := spinner.Run(trial); err != nil {
			t.Fatal(err)
		}
		if n := trial.Values["items"]; n != 100 || trial.Work.Messages != 100 {
			t.Errorf("%s did %v items and has %d in its ledger, want 100", model, n, trial.Work.Messages)
		}
		sums = append(sums, trial.Work.Checksum)
	}
	for _, sum := range sums[1:] {
		if sum != sums[0] {
			t.Errorf("the models have different ledgers of the same work: %v", sums)
		}
	}
}

func TestOneProcessor(t *testing.T) {
	parallel := models.Traits{Concurrent: true, Parallel: true}
	single := models.Traits{Concurrent: true}
	for _, c := range []struct {
		traits models.Traits
		extra  time.Duration // of processor time, beside a second
		fault  bool
	}{
		{single, 0, false},
		{single, 100 * time.Millisecond, false},
		{single, 400 * time.Millisecond, true},
		{parallel, 900 * time.Millisecond, false},
	} {
		var l ledger
		l.oneProcessor(c.traits, fixedProbe{wall: time.Second, cpu: time.Second + c.extra})
		if got := len(l.faults) > 0; got != c.fault {
			t.Errorf("%+v and %v more of processor time than of time: fault %v, want %v", c.traits, c.extra, got, c.fault)
		}
	}
}

type fixedProbe struct {
	Probe
	wall, cpu time.Duration
}

func (p fixedProbe) Elapsed() time.Duration { return p.wall }
func (p fixedProbe) CPU() time.Duration     { return p.cpu }
