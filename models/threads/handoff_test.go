package threads

import (
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models"
)

// chunk is how many hand-offs are timed at a stretch, subject and baseline by turns.
const chunk = 500

// BenchmarkHandoff measures a blocking hand-off through locks under the
// interpreter lock, with both threads on one processor, beside a bare futex
// hand-off between two locked goroutines there. Its metric x/futex is the median
// ratio of neighbouring chunks; ns/op covers both.
func BenchmarkHandoff(b *testing.B) {
	var ratios []float64
	for b.Loop() {
		subject, err := lockHandoffs(chunk)
		if err != nil {
			b.Fatal(err)
		}
		ratios = append(ratios, float64(subject)/float64(futexHandoffs(b, chunk)))
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "x/futex")
}

// lockHandoffs passes a turn between two pinned tasks, n times each way.
func lockHandoffs(n int) (took time.Duration, err error) {
	m, err := New("")
	if err != nil {
		return 0, err
	}
	err = m.Run(func(t models.Task) error {
		ping, pong := t.NewLock(), t.NewLock()
		if err := t.(models.Pinner).Pin(0); err != nil {
			return err
		}
		if err := ping.Acquire(t); err != nil {
			return err
		}
		if err := pong.Acquire(t); err != nil {
			return err
		}
		other := t.Start("other", func(t models.Task) error {
			if err := t.(models.Pinner).Pin(0); err != nil {
				return err
			}
			for range n {
				ping.Acquire(t)
				pong.Release(t)
			}
			return nil
		})
		begin := time.Now()
		for range n {
			ping.Release(t)
			pong.Acquire(t)
		}
		took = time.Since(begin)
		return other.Join(t)
	})
	return took, err
}

// futexHandoffs does the same with two futex words and nothing else.
func futexHandoffs(b *testing.B, n int) (took time.Duration) {
	procsEnter()
	defer procsLeave()
	procsGrow(2)
	var ping, pong atomic.Uint32
	wait := func(word *atomic.Uint32) {
		for !word.CompareAndSwap(1, 0) {
			futexWait(word, 0, 0)
		}
	}
	wake := func(word *atomic.Uint32) {
		word.Store(1)
		futexWake(word, 1)
	}
	pinned := func(f func()) chan struct{} {
		done := make(chan struct{})
		go func() {
			runtime.LockOSThread() // the thread dies with its pinning
			defer close(done)
			if err := (&Task{}).Pin(0); err != nil {
				b.Error(err)
			}
			f()
		}()
		return done
	}
	other := pinned(func() {
		for range n {
			wait(&ping)
			wake(&pong)
		}
	})
	<-pinned(func() {
		begin := time.Now()
		for range n {
			wake(&ping)
			wait(&pong)
		}
		took = time.Since(begin)
	})
	<-other
	return took
}

// BenchmarkCheckpoint is the price of looking at the drop request when nobody
// wants the lock.
func BenchmarkCheckpoint(b *testing.B) {
	m, err := New("")
	if err != nil {
		b.Fatal(err)
	}
	err = m.Run(func(t models.Task) error {
		for b.Loop() {
			t.Checkpoint()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkStartJoin makes a thread, lets it begin and joins it. The thread is
// new each time.
func BenchmarkStartJoin(b *testing.B) {
	m, err := New("")
	if err != nil {
		b.Fatal(err)
	}
	err = m.Run(func(t models.Task) error {
		for b.Loop() {
			if err := t.Start("child", func(models.Task) error { return nil }).Join(t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
