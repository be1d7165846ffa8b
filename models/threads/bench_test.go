package threads

import (
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"concbench/internal/ratios"
	"concbench/models"
	"concbench/models/threads/internal/crew"
	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/gil"
	"concbench/models/threads/internal/kernel"
)

// chunk is the number of turns that are timed at a stretch. Subject and baseline alternate.
const chunk = 500

// BenchmarkHandoff measures a blocking hand-off through locks under the interpreter lock,
// with both threads on one processor. The baseline is a bare futex hand-off between two
// locked goroutines there. The metric x/futex is the median ratio of neighbouring chunks.
//
// It would be nearly 2 if the release woke the other thread at once, as in CPython: that
// thread would run, find the interpreter lock held, and sleep again until its waker blocks.
// See internal/gil/wakeup.go.
func BenchmarkHandoff(b *testing.B) {
	var pairs ratios.Pairs
	for b.Loop() {
		s, err := lockHandoffs(chunk)
		if err != nil {
			b.Fatal(err)
		}
		f, err := futexHandoffs(chunk)
		if err != nil {
			b.Fatal(err)
		}
		pairs.Add(float64(s)/(2*chunk), float64(f)/(2*chunk))
	}
	if !pairs.Enough(b) {
		return
	}
	b.ReportMetric(pairs.Ratio(), "x/futex")
	b.ReportMetric(pairs.Subject(), "ns/handoff")
	b.ReportMetric(pairs.Baseline(), "ns/futex")
	b.ReportMetric(0, "ns/op") // an op would be a whole pair of chunks
}

// lockHandoffs passes a turn to and fro between two pinned tasks, n times.
func lockHandoffs(n int) (took time.Duration, err error) {
	m, err := New("")
	if err != nil {
		return 0, err
	}
	err = m.Run(func(t models.Task) error {
		ping, pong := t.NewLock(), t.NewLock()
		if err := errors.Join(t.(models.Pinner).Pin(0), ping.Acquire(t), pong.Acquire(t)); err != nil {
			return err
		}
		other := t.Start("other", func(t models.Task) error {
			if err := t.(models.Pinner).Pin(0); err != nil {
				return err
			}
			return turns(t, n, ping.Acquire, pong.Release)
		})
		begin := time.Now()
		err := turns(t, n, ping.Release, pong.Acquire)
		took = time.Since(begin)
		return errors.Join(err, other.Join(t))
	})
	return took, err
}

// turns calls first and second by turns.
func turns(t models.Task, n int, first, second func(models.Task) error) error {
	for range n {
		if err := first(t); err != nil {
			return err
		}
		if err := second(t); err != nil {
			return err
		}
	}
	return nil
}

// futexHandoffs does the same with two futex words and nothing else.
func futexHandoffs(n int) (took time.Duration, err error) {
	crew.Begin()
	defer crew.End()
	both := crew.New(gil.Options{}, nil)
	if err := errors.Join(both.Admit("ping"), both.Admit("pong")); err != nil {
		return 0, err
	}
	var ping, pong atomic.Uint32
	other := pinned(func() {
		for range n {
			waitWord(&ping)
			wakeWord(&pong)
		}
	})
	err = <-pinned(func() {
		begin := time.Now()
		for range n {
			wakeWord(&ping)
			waitWord(&pong)
		}
		took = time.Since(begin)
	})
	return took, errors.Join(err, <-other)
}

func waitWord(word *atomic.Uint32) {
	for !word.CompareAndSwap(1, 0) {
		futex.Wait(word, 0, 0)
	}
}

func wakeWord(word *atomic.Uint32) {
	word.Store(1)
	futex.Wake(word, 1)
}

// pinned runs f on a thread of its own, pinned as the tasks are, and then sends the error of
// the pinning. The thread dies with its goroutine.
func pinned(f func()) <-chan error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		err := kernel.Pin("a thread", 0)
		f()
		done <- err
	}()
	return done
}

// BenchmarkCheckpoint is the price of looking at the drop request while no thread wants the
// lock.
func BenchmarkCheckpoint(b *testing.B) {
	benchmarkMain(b, func(t models.Task) error {
		for b.Loop() {
			t.Checkpoint()
		}
		return nil
	})
}

// BenchmarkStartJoin makes a thread, lets it begin and joins it. Each thread is new.
func BenchmarkStartJoin(b *testing.B) {
	benchmarkMain(b, func(t models.Task) error {
		for b.Loop() {
			if err := t.Start("child", func(models.Task) error { return nil }).Join(t); err != nil {
				return err
			}
		}
		return nil
	})
}

func benchmarkMain(b *testing.B, main func(models.Task) error) {
	m, err := New("")
	if err != nil {
		b.Fatal(err)
	}
	if err := m.Run(main); err != nil {
		b.Fatal(err)
	}
}
