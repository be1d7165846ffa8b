package generator

import (
	"errors"
	"runtime"
	"sync"
	"testing"

	"concbench/models/coroutine/internal/loopthread"
)

// onLoopThread runs f as if it were a callback of an event loop.
func onLoopThread(f func()) {
	var loop sync.WaitGroup
	loop.Go(func() { locked(f) })
	loop.Wait()
}

func locked(f func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	loopthread.Enter()
	defer loopthread.Leave()
	f()
}

// Each resumption here would end the process.
func TestThreadErrors(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("threads are known on Linux only")
	}
	elsewhere := count(3)
	yields(t, 0)(elsewhere.Next())
	onLoopThread(func() {
		refused(t, elsewhere)
		mine := count(3)
		yields(t, 0)(mine.Next())
		onLoopThread(func() { refused(t, mine) })
		locked(func() { refused(t, mine) }) // a lock inside a lock
		var outside sync.WaitGroup
		outside.Go(func() {
			refused(t, mine)
			yields(t, 1)(elsewhere.Next())
		})
		outside.Wait()
		yields(t, 1)(mine.Next())
		closes(t, mine)
	})
	yields(t, 2)(elsewhere.Next())
	closes(t, elsewhere)
}

// After the loop has left its thread, what was started in it stays there.
func TestThreadErrorAfterTheLoop(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("threads are known on Linux only")
	}
	var outside sync.WaitGroup
	outside.Go(func() {
		runtime.LockOSThread() // so that both loops get the same thread
		defer runtime.UnlockOSThread()
		g := count(3)
		locked(func() { yields(t, 0)(g.Next()) })
		refused(t, g)
		locked(func() { closes(t, g) })
	})
	outside.Wait()
}

func refused(t *testing.T, g *Generator[int, int, int]) {
	t.Helper()
	var wrong *ThreadError
	if _, err := g.Next(); !errors.As(err, &wrong) {
		t.Errorf("Next returned %v", err)
	}
	if err := g.Close(); !errors.As(err, &wrong) {
		t.Errorf("Close returned %v", err)
	}
	isState(t, g, Suspended)
}
