package workloads

import (
	"fmt"
	"sync/atomic"
	"time"

	"concbench/models"
)

// An item is the unit of work for the processor: it cannot be interrupted by
// an interpreter lock, and takes a few microseconds, which is about what the
// least interval between two checkpoints is in an interpreter.
const itemRounds = 2000

// A computer does items. Each item's result is the next one's input, so that
// none can be left out, or done beside another.
type computer struct {
	seed, state uint64
	done        int         // items
	yields      int         // after groups of them
	busy        atomic.Bool // in the middle of an item
}

func newComputer(seed uint64) *computer { return &computer{seed: seed | 1, state: seed | 1} }

// item does one item.
func (c *computer) item() {
	c.busy.Store(true)
	c.state = xorshift(c.state, itemRounds)
	c.done++
	c.busy.Store(false)
}

// xorshift runs Marsaglia's xorshift64 (13, 7, 17), which never arrives at zero.
func xorshift(x uint64, rounds int) uint64 {
	for range rounds {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

// items does n items with a checkpoint after each and, if every is not zero,
// a yield after each group of that many.
func (c *computer) items(t models.Task, n, every int) error {
	for i := range n {
		c.item()
		t.Checkpoint()
		if every > 0 && (i+1)%every == 0 {
			if err := t.Yield(); err != nil {
				return err
			}
			c.yields++
		}
	}
	return nil
}

// burst computes until d has passed, with a checkpoint after each item.
func (c *computer) burst(t models.Task, d time.Duration) {
	for begin := time.Now(); time.Since(begin) < d; {
		c.item()
		t.Checkpoint()
	}
}

// sum tells what was computed. That of [expectedSum] is found by another route.
func (c *computer) sum() string { return itemSum(c.done, c.yields, c.state) }

// honest reports whether the items that were counted lead to the state.
func (c *computer) honest() bool { return c.state == jump(c.seed, uint64(c.done)*itemRounds) }

// expectedSum is the sum of a computer that has done all its items.
func expectedSum(seed uint64, items, every int) string {
	yields := 0
	if every > 0 {
		yields = items / every
	}
	return itemSum(items, yields, jump(seed|1, uint64(items)*itemRounds))
}

func itemSum(items, yields int, state uint64) string {
	return fmt.Sprintf("%d items, %d yields, state %016x", items, yields, state)
}

// exclusive reports whether one task at a time computes under a model with these
// traits, and only checkpoints and waits let another one do so: what is seen in
// the middle of an item is then seen by nobody else. The Go scheduler also
// interrupts goroutines in between.
func exclusive(traits models.Traits) bool {
	return traits.Concurrent && !traits.Parallel && (traits.OneThread || traits.ThreadEach)
}

// oneProcessor notes that a model took more processor time than passed, though it
// says that its tasks do not compute at once. What the Go runtime does beside them
// is a few per cent.
func (l *ledger) oneProcessor(traits models.Traits, probe Probe) {
	took, passed := probe.CPU(), probe.Elapsed()
	if !traits.Parallel && took > passed+passed/4+50*time.Millisecond {
		l.fault("the process took %v of processor time in %v, and its model says that one task computes at a time", took, passed)
	}
}
