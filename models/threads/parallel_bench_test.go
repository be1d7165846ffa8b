package threads

import (
	"fmt"
	"testing"
	"time"

	"concbench/internal/ratios"
	"concbench/models"
)

// steps is the number of checkpoints for which a task computes in the benchmark below: about
// 20 ms, which is several times the switch interval.
const steps = 2_000_000

// BenchmarkTwoHogs has two tasks compute at the same time. x/speedup says how many times
// sooner they are done than one after the other; the two measurements of a ratio are
// neighbours. Two processors can give 2 at best. An interpreter lock leaves 1 of that.
func BenchmarkTwoHogs(b *testing.B) {
	for _, options := range []string{"gil=on", "gil=off", "gil=ticks"} {
		b.Run(options, func(b *testing.B) {
			m, err := New(options)
			if err != nil {
				b.Fatal(err)
			}
			var pairs ratios.Pairs
			for b.Loop() {
				serial, together, err := twoHogs(m)
				if err != nil {
					b.Fatal(err)
				}
				pairs.Add(float64(serial), float64(together))
			}
			if pairs.Enough(b) {
				b.ReportMetric(pairs.Ratio(), "x/speedup")
			}
		})
	}
}

func twoHogs(m *Model) (serial, together time.Duration, err error) {
	err = m.Run(func(t models.Task) error {
		begin := time.Now()
		for range 2 {
			if err := t.Start("hog", compute).Join(t); err != nil {
				return err
			}
		}
		serial = time.Since(begin)
		begin = time.Now()
		err := models.JoinAll(t, t.Start("one", compute), t.Start("two", compute))
		together = time.Since(begin)
		return err
	})
	return serial, together, err
}

// compute does a few dependent multiplications per step, as reference/ does.
func compute(t models.Task) error {
	x := uint64(1)
	for range steps {
		for range 12 {
			x = x*6364136223846793005 + 1442695040888963407
		}
		t.Checkpoint()
	}
	if x == 0 { // the compiler must not know that nobody asks
		return fmt.Errorf("the sum is %d", x)
	}
	return nil
}
