package workloads

import (
	"time"

	"concbench/models"
)

// An item is the unit of work for the processor: it cannot be interrupted by
// an interpreter lock, and takes a few microseconds, which is about what the
// least interval between two checkpoints is in an interpreter.
const itemRounds = 2000

// A computer does items. Each item's result is the next one's input, so that
// none can be left out by the compiler.
type computer struct{ state uint64 }

func newComputer(seed uint64) computer { return computer{state: seed | 1} }

// item runs Marsaglia's xorshift64 (13, 7, 17), which never arrives at zero.
func (c *computer) item() {
	x := c.state
	for range itemRounds {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	c.state = x
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

// itemTime is what an item costs in a process that does nothing else: the
// least of several batches, since disturbance only ever adds.
func itemTime(c *computer) time.Duration {
	const batches, items = 8, 1000
	least := time.Duration(1<<63 - 1)
	for range batches {
		begin := time.Now()
		for range items {
			c.item()
		}
		least = min(least, time.Since(begin)/items)
	}
	return max(least, 1)
}
