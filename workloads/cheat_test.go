package workloads

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
)

// TestLedgersCatchCheats runs the workloads under models that leave out a part
// of the work.
func TestLedgersCatchCheats(t *testing.T) {
	tests := []struct {
		workload, model string
		given           map[string]string
		cheat           *cheat
	}{
		{"Sleep", "goroutine", nil, &cheat{skipStarts: true}},
		{"Sleep", "goroutine", nil, &cheat{wakeEarly: true}},
		{"Download", "goroutine", nil, &cheat{skipStarts: true}},
		{"Download", "goroutine", nil, &cheat{spoilBytes: true}},
		{"Download", "goroutine", map[string]string{"form": "executor"}, &cheat{skipBlocks: true}},
		{"Spinner", "goroutine", nil, &cheat{wakeEarly: true}},
		{"Spinner", "goroutine", map[string]string{"kind": "executor"}, &cheat{skipBlocks: true}},
		{"Factorial", "goroutine", map[string]string{"numbers": "200,300"}, &cheat{skipStarts: true}},
		{"Factorial", "goroutine", map[string]string{"form": "steps", "numbers": "2,3"}, &cheat{wakeEarly: true}},
		{"Factorial", "goroutine", map[string]string{"form": "steps", "numbers": "2,3"}, &cheat{skipStarts: true}},
		// Under the interpreter lock, so that the cheat is no data race.
		{"Switch", "threads", map[string]string{"laps": "50", "via": "handoff"}, &cheat{freePermits: true}},
		{"Switch", "goroutine", map[string]string{"laps": "50"}, &cheat{skipStarts: true}},
		{"Memory", "goroutine", map[string]string{"tasks": "20"}, &cheat{skipStarts: true}},
		{"Memory", "goroutine", map[string]string{"tasks": "20"}, &cheat{runTwice: true}},
		{"Memory", "goroutine", map[string]string{"tasks": "20"}, &cheat{openEvents: true}},
		{"Latency", "goroutine", map[string]string{"period": "5ms"}, &cheat{wakeEarly: true}},
		{"Latency", "goroutine", map[string]string{"sleepers": "2"}, &cheat{skipStarts: true}},
	}
	for _, test := range tests {
		t.Run(test.workload, func(t *testing.T) {
			if caught := runCheat(t, test.workload, test.model, test.given, &cheat{}); caught {
				t.Errorf("%v: an honest model was caught", test.given)
			}
			if caught := runCheat(t, test.workload, test.model, test.given, test.cheat); !caught {
				t.Errorf("%v: not caught: %s", test.given, test.cheat)
			}
		})
	}
}

// Nothing forbids a yield to find nobody ready, so the ledger lets it pass and
// turns/switch tells.
func TestTurnsShowYieldsThatGiveNothing(t *testing.T) {
	w, err := Find("Switch")
	if err != nil {
		t.Fatal(err)
	}
	trial := newTrial(t, w, cheater{newModel(t, "threads"), &cheat{emptyYields: true}}, map[string]string{"laps": "10000"})
	if err := w.Run(trial); err == nil || trial.Values["sec/switch"] != 0 {
		t.Errorf("a model whose yields do nothing has %v s/switch, %v; want an error and no number", trial.Values["sec/switch"], err)
	}
}

// A task that the machine does not allow must not leave the others waiting.
func TestTasksBeyondALimit(t *testing.T) {
	for _, w := range []Workload{switching, memory} {
		for _, given := range small[w.Name] {
			if given["tasks"] == "0" || given["cpu"] == "cross" {
				continue
			}
			trial := newTrial(t, w, cheater{newModel(t, "goroutine"), &cheat{limited: true}}, given)
			if err := w.Run(trial); !errors.Is(err, models.ErrLimit) {
				t.Errorf("%s %v: %v, want ErrLimit", w.Name, given, err)
			}
		}
	}
}

func runCheat(t *testing.T, workload, model string, given map[string]string, c *cheat) bool {
	t.Helper()
	w, err := Find(workload)
	if err != nil {
		t.Fatal(err)
	}
	trial := newTrial(t, w, cheater{newModel(t, model), c}, given)
	want, err := w.Expect(trial)
	if err != nil {
		t.Fatal(err)
	}
	return w.Run(trial) != nil || trial.Work != want
}

// A cheat says what a cheater leaves out.
type cheat struct {
	skipStarts  bool // every second task never runs
	runTwice    bool // every second task runs twice
	wakeEarly   bool // sleeps last half their time
	emptyYields bool // yields return at once
	skipBlocks  bool // blocking calls are not made
	freePermits bool // semaphores never wait
	openEvents  bool // waits for events return at once, for all but the first task
	spoilBytes  bool // the last byte of a large read is wrong
	limited     bool // every second task cannot be started; this is no cheat, but what a full machine does

	starts atomic.Int64
}

func (c *cheat) String() string {
	return fmt.Sprintf("skipStarts %v, runTwice %v, wakeEarly %v, emptyYields %v, skipBlocks %v, freePermits %v, openEvents %v, spoilBytes %v, limited %v",
		c.skipStarts, c.runTwice, c.wakeEarly, c.emptyYields, c.skipBlocks, c.freePermits, c.openEvents, c.spoilBytes, c.limited)
}

// A cheater is a model that cheats.
type cheater struct {
	models.Model
	cheat *cheat
}

func (c cheater) Run(main func(models.Task) error) error {
	return c.Model.Run(func(t models.Task) error { return main(cheatingTask{t, c.cheat, true}) })
}

type cheatingTask struct {
	models.Task
	cheat *cheat
	main  bool
}

// honest is the model's own task, which its primitives need.
func honest(t models.Task) models.Task { return t.(cheatingTask).Task }

func (t cheatingTask) Start(name string, body func(models.Task) error) models.Handle {
	second := t.cheat.starts.Add(1)%2 == 0
	return cheatingHandle{t.Task.Start(name, func(inner models.Task) error {
		task := cheatingTask{inner, t.cheat, false}
		if second && t.cheat.skipStarts {
			return nil
		}
		if second && t.cheat.limited {
			return fmt.Errorf("no thread left: %w", models.ErrLimit)
		}
		if second && t.cheat.runTwice {
			if err := body(task); err != nil {
				return err
			}
		}
		return body(task)
	})}
}

func (t cheatingTask) Sleep(d time.Duration) error {
	if t.cheat.wakeEarly {
		d /= 2
	}
	return t.Task.Sleep(d)
}

func (t cheatingTask) Yield() error {
	if t.cheat.emptyYields {
		return nil
	}
	return t.Task.Yield()
}

func (t cheatingTask) Block(f func() error) error {
	if t.cheat.skipBlocks {
		return nil
	}
	return t.Task.Block(f)
}

func (t cheatingTask) Dial(network, address string) (models.Conn, error) {
	c, err := t.Task.Dial(network, address)
	if err != nil || !t.cheat.spoilBytes {
		return c, err
	}
	return spoiledConn{c}, nil
}

type spoiledConn struct{ models.Conn }

func (c spoiledConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 1000 {
		b[n-1]++
	}
	return n, err
}

type cheatingHandle struct{ models.Handle }

func (h cheatingHandle) Join(t models.Task) error { return h.Handle.Join(honest(t)) }

func (t cheatingTask) NewSemaphore(permits int) models.Semaphore {
	return cheatingSemaphore{t.Task.NewSemaphore(permits), t.cheat}
}

type cheatingSemaphore struct {
	models.Semaphore
	cheat *cheat
}

func (s cheatingSemaphore) Acquire(t models.Task) error {
	if s.cheat.freePermits {
		return nil
	}
	return s.Semaphore.Acquire(honest(t))
}

func (s cheatingSemaphore) Release(t models.Task) { s.Semaphore.Release(honest(t)) }

func (t cheatingTask) NewEvent() models.Event { return cheatingEvent{t.Task.NewEvent(), t.cheat} }

type cheatingEvent struct {
	models.Event
	cheat *cheat
}

func (e cheatingEvent) Set(t models.Task) { e.Event.Set(honest(t)) }

func (e cheatingEvent) Wait(t models.Task) error {
	if e.cheat.openEvents && !t.(cheatingTask).main {
		return nil
	}
	return e.Event.Wait(honest(t))
}

func (t cheatingTask) NewBarrier(parties int) models.Barrier {
	return cheatingBarrier{t.Task.NewBarrier(parties)}
}

type cheatingBarrier struct{ models.Barrier }

func (b cheatingBarrier) Wait(t models.Task) (int, error) { return b.Barrier.Wait(honest(t)) }
