package coroutine

import (
	"testing"
	"time"
)

// While a task yields without end, a timer that is due is seen after at most
// maxHandlesUnasked handles, a new one in the next round.
func TestPacingOfTimers(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		rounds(task, 1000)
		var due time.Duration // by the clock at the time of the callback
		ran := false
		l.CallLater(100*time.Microsecond, func() { ran = true })
		due = l.Time() + 100*time.Microsecond
		unseen := 0
		for !ran {
			if l.Time() > due {
				unseen++
			}
			task.Yield()
		}
		if unseen > maxHandlesUnasked+1 {
			t.Errorf("a due timer was not seen for %d handles, want at most %d", unseen, maxHandlesUnasked)
		}
		for range 100 {
			ran = false
			l.CallLater(0, func() { ran = true })
			task.Yield()
			task.Yield()
			if !ran {
				t.Fatal("a timer of zero was not run in the next round")
			}
		}
		return nil
	})
}

// A call from outside is seen in the next round.
func TestPacingOfThreadsafeCalls(t *testing.T) {
	run(t, func(task *Task) error {
		rounds(task, 1000)
		for range 100 {
			ran := false
			task.Loop().CallSoonThreadsafe(func() { ran = true })
			rounds(task, 2)
			if !ran {
				t.Fatal("a call from outside was not run in the next round")
			}
		}
		return nil
	})
}

// A connection that has become readable is seen likewise, and in the next
// round if somebody has just begun to wait.
func TestPacingOfDescriptors(t *testing.T) {
	run(t, func(task *Task) error {
		a, b, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		got := false
		reader := task.Start("reader", func(task *Task) error {
			_, err := a.Read(make([]byte, 1))
			got = true
			return err
		})
		rounds(task, 1000)
		if _, err := b.Write([]byte("x")); err != nil {
			return err
		}
		unseen := 0
		for !got {
			unseen++
			task.Yield()
		}
		if unseen > maxHandlesUnasked+4 { // the reader's own handles come after
			t.Errorf("a readable connection was not seen for %d handles, want at most %d", unseen, maxHandlesUnasked)
		}
		for range 100 {
			reader := task.Start("reader", func(task *Task) error {
				_, err := a.Read(make([]byte, 1))
				return err
			})
			task.Start("writer", func(task *Task) error {
				_, err := b.Write([]byte("x"))
				return err
			})
			rounds(task, 4) // wait and write; ask; read, behind this task
			if !reader.Done() {
				t.Fatal("a new wait was not looked at in the next round")
			}
		}
		return reader.Join(task)
	})
}

// Slow handles have the loop ask more often.
func TestPacingOfSlowHandles(t *testing.T) {
	var p pacing
	now := time.Duration(0)
	next := func(handle time.Duration) (handles int) {
		handles = p.left
		now += time.Duration(handles) * handle
		p.asked(now)
		return handles
	}
	p.asked(now)
	for _, want := range []int{1, 2, 4, 8, 16, 32, 64, 64, 64} {
		if got := next(100 * time.Nanosecond); got != want {
			t.Errorf("fast handles: %d between questions, want %d", got, want)
		}
	}
	for _, want := range []int{64, 1, 1, 1} {
		if got := next(time.Millisecond); got != want {
			t.Errorf("slow handles: %d between questions, want %d", got, want)
		}
	}
	for _, want := range []int{1, 2, 4} {
		if got := next(time.Microsecond); got != want {
			t.Errorf("fast handles again: %d between questions, want %d", got, want)
		}
	}
	p.asked(now + time.Second)
	if p.left != 1 {
		t.Errorf("%d handles after the loop was idle, want 1", p.left)
	}
}
