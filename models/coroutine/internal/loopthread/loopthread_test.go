package loopthread

import (
	"runtime"
	"sync"
	"testing"
)

// onThread runs f on a locked thread of its own.
func onThread(f func()) {
	var done sync.WaitGroup
	done.Go(func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		f()
	})
	done.Wait()
}

func knowsThreads(t *testing.T) {
	t.Helper()
	if threadID() == 0 {
		t.Skip("threads have no numbers here without cgo")
	}
}

func TestHere(t *testing.T) {
	knowsThreads(t)
	onThread(func() {
		expect(t, "before", Place{})
		Enter()
		outer := Place{threadID(), 1}
		expect(t, "inside", outer)
		Enter()
		expect(t, "twice inside", Place{threadID(), 2})
		onThread(func() { expect(t, "on another thread", Place{}) })
		Leave()
		expect(t, "inside again", outer)
		Leave()
		expect(t, "after", Place{})
		Leave()
		expect(t, "after one Leave too many", Place{})
		Enter()
		expect(t, "inside once more", outer)
		Leave()
	})
	if entered.Load() != nil {
		t.Error("nobody is left, but the next Here will ask for the thread's number")
	}
}

// Loops come and go on several threads at once.
func TestThreadsAtOnce(t *testing.T) {
	knowsThreads(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			onThread(func() {
				for range 100 {
					Enter()
					expect(t, "inside", Place{threadID(), 1})
					Leave()
					expect(t, "outside", Place{})
				}
			})
		})
	}
	all.Wait()
	if entered.Load() != nil {
		t.Error("somebody is left")
	}
}

func expect(t *testing.T, when string, want Place) {
	t.Helper()
	if got := Here(); got != want {
		t.Errorf("%s: %v, want %v", when, got, want)
	}
}

// BenchmarkHere is the price of the question: while no loop runs, and while one does.
func BenchmarkHere(b *testing.B) {
	b.Run("loops=0", func(b *testing.B) {
		for b.Loop() {
			Here()
		}
	})
	b.Run("loops=1", func(b *testing.B) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		Enter()
		defer Leave()
		for b.Loop() {
			Here()
		}
	})
}
