package gil

import (
	"sync"
	"testing"
	"time"

	"concbench/models/internal/leaktest"
)

// A crowd is threads under one lock.
type crowd struct {
	lock Lock
	wg   sync.WaitGroup
}

// newCrowd makes one from options that are known to be right.
func newCrowd(t *testing.T, options string) *crowd {
	t.Helper()
	o, err := ParseOptions(options)
	if err != nil {
		t.Fatal(err)
	}
	c := &crowd{}
	c.lock.Init(o)
	return c
}

// start starts a thread. It does not wait until that has the lock.
func (c *crowd) start(name string, body func(t *ThreadState)) *ThreadState {
	t := &ThreadState{}
	t.Init(&c.lock, name)
	c.wg.Go(func() {
		t.Enter()
		defer t.Exit()
		body(t)
	})
	return t
}

// run runs main and returns when all threads have ended. None is left.
func (c *crowd) run(t *testing.T, main func(t *ThreadState)) {
	t.Helper()
	defer leaktest.NothingLeft(t)()
	c.start("main", main)
	c.wg.Wait()
}

// contend runs a thread that waits for the lock while main computes.
func (c *crowd) contend(t *testing.T) (waiter *ThreadState) {
	c.run(t, func(main *ThreadState) {
		in := false // the lock guards it
		waiter = c.start("waiter", func(*ThreadState) { in = true })
		for !in {
			main.Checkpoint()
		}
	})
	return waiter
}

// untilIn is leaktest.Until for a thread, which lets the lock go meanwhile.
func untilIn(t *ThreadState, condition func() bool) {
	for !condition() {
		t.Block(func() error { time.Sleep(10 * time.Microsecond); return nil })
	}
}
