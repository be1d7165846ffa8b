//go:build linux

package coroutine

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pipeWatched is a selector that watches one end of a socket pair.
func pipeWatched(t *testing.T) (*Loop, *descriptor, int) {
	l := newLoop(t)
	fds, err := socketPair()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fds[1]) })
	d, err := l.watch(fds[0])
	if err != nil {
		t.Fatal(err)
	}
	return l, d, fds[1]
}

// A short wait is not rounded up to a millisecond; before Linux 5.11 it is.
func TestSelectorTimeouts(t *testing.T) {
	for _, milliseconds := range []bool{false, true} {
		l := newLoop(t)
		l.selector.milliseconds = milliseconds
		const wait = 2*time.Millisecond + 300*time.Microsecond
		begin := time.Now()
		if err := l.selector.poll(wait); err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(begin); waited < wait {
			t.Errorf("waited %v, want at least %v (in milliseconds: %v)", waited, wait, milliseconds)
		}
	}
}

// However far the next timer is, the loop looks again within a day.
func TestTheLongestWaitIsADay(t *testing.T) {
	l := newLoop(t)
	for _, after := range []time.Duration{48 * time.Hour, 1 << 62} {
		timer, err := l.CallLater(after, func() {})
		if err != nil {
			t.Fatal(err)
		}
		if wait := l.untilTimer(); wait != 24*time.Hour {
			t.Errorf("with a timer in %v the selector waits for %v", after, wait)
		}
		timer.Cancel()
	}
}

func TestRoundUpToMilliseconds(t *testing.T) {
	for d, want := range map[time.Duration]int{
		0: 0, 1: 1, time.Millisecond: 1, time.Millisecond + 1: 2, maxSelect: 86_400_000, forever: -1, 1 << 62: 1<<31 - 1,
	} {
		if got := roundUpToMilliseconds(d); got != want {
			t.Errorf("%d ns is %d ms, want %d", d, got, want)
		}
	}
}

// Both ways of asking report the same.
func TestSelectorReportsWhoWaits(t *testing.T) {
	for _, milliseconds := range []bool{false, true} {
		l, d, peer := pipeWatched(t)
		l.selector.milliseconds = milliseconds
		var w waiter
		w.loop = l
		var step Handle
		for _, timeout := range []time.Duration{0, time.Hour} {
			w.reset()
			w.addWaiter(&step)
			d.reading.waiting.add(&w)
			if _, err := unix.Write(peer, []byte("x")); err != nil {
				t.Fatal(err)
			}
			if err := l.selector.poll(timeout); err != nil {
				t.Fatal(err)
			}
			if l.ready.Len() != 1 || l.ready.Pop() != &step {
				t.Errorf("a readable descriptor was not reported with timeout %v", timeout)
			}
			d.reading.waiting.remove(&w)
		}
		unix.Write(peer, []byte("x"))
		if err := l.selector.poll(0); err != nil || l.ready.Len() != 0 {
			t.Errorf("poll = %v; %d handles are ready although nobody waits", err, l.ready.Len())
		}
	}
}

// A wake-up before the poll is not lost, and one is enough for one poll only.
func TestSelectorWake(t *testing.T) {
	l := newLoop(t)
	for range 3 {
		if err := l.selector.wake(); err != nil {
			t.Fatal(err)
		}
		if err := l.selector.poll(forever); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := l.selector.wait(0); n != 0 || err != nil {
		t.Errorf("poll after the wake-up reports %d events, %v", n, err)
	}
}
