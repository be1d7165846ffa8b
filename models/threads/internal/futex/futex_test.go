package futex

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models/internal/leaktest"
)

func TestWaitEnds(t *testing.T) {
	var word atomic.Uint32
	if Wait(&word, 1, time.Hour) {
		t.Error("a wait for another value timed out")
	}
	if begin := time.Now(); !Wait(&word, 0, time.Millisecond) || time.Since(begin) < time.Millisecond {
		t.Error("a wait that nobody ends did not last until its timeout")
	}
	woken := make(chan bool)
	for range 2 {
		go func() { woken <- Wait(&word, 0, time.Hour) }()
	}
	for n := 0; n < 2; {
		Wake(&word, 1) // may come before the wait
		select {
		case timedOut := <-woken:
			n++
			if timedOut {
				t.Error("a wait that was woken says that it timed out")
			}
		case <-time.After(time.Millisecond):
		}
	}
	Wake(&word, 1) // nobody is there
}

func TestMutexExcludes(t *testing.T) {
	var m Mutex
	var wg sync.WaitGroup
	count := 0
	for range 4 {
		wg.Go(func() {
			for range 5000 {
				m.Lock()
				count++
				m.Unlock()
			}
		})
	}
	wg.Wait()
	if count != 4*5000 {
		t.Errorf("count is %d, want %d", count, 4*5000)
	}
	if m.state.Load() != mutexFree {
		t.Error("the mutex is left held")
	}
}

// Each signal wakes a waiter; a wait that nobody signals ends by its timeout.
func TestCond(t *testing.T) {
	var m Mutex
	var c Cond
	m.Lock()
	if !c.Wait(&m, time.Millisecond) {
		t.Error("a wait without a signal did not time out")
	}
	m.Unlock()

	const waiters = 3
	tickets, got := 0, 0
	var wg sync.WaitGroup
	for range waiters {
		wg.Go(func() {
			m.Lock()
			for tickets == 0 {
				if c.Wait(&m, 0) {
					t.Error("a wait without a timeout timed out")
				}
			}
			tickets--
			got++
			m.Unlock()
		})
	}
	for range waiters {
		m.Lock()
		tickets++
		c.Signal()
		m.Unlock()
	}
	wg.Wait()
	if got != waiters || c.waiters != 0 {
		t.Errorf("%d waiters got through, %d are counted as waiting", got, c.waiters)
	}
}

// A wake-up that comes before the wait is not lost, and counts once.
func TestParker(t *testing.T) {
	var p Parker
	p.Unpark()
	p.Park()
	done := make(chan struct{})
	go func() {
		p.Park()
		close(done)
	}()
	leaktest.Until(func() bool { return p.state.Load() == parkerAsleep })
	p.Unpark()
	<-done
	if p.state.Load() != parkerEmpty {
		t.Error("a wake-up is left over")
	}
}

// One signal lets one waiter go on, however many the kernel wakes, and it may be
// one that has not got to sleep; a signal that came too late is not kept.
func TestCondSignalIsForOne(t *testing.T) {
	var m Mutex
	var c Cond
	gone := make(chan struct{}, 2)
	for range 2 {
		go func() {
			m.Lock()
			c.Wait(&m, 0)
			m.Unlock()
			gone <- struct{}{}
		}()
	}
	waitingAre := func(n int) bool { m.Lock(); defer m.Unlock(); return c.waiters == n }
	for n := 2; n > 0; n-- {
		leaktest.Until(func() bool { return waitingAre(n) })
		m.Lock()
		if !c.Signal() {
			t.Error("a signal found nobody waiting")
		}
		m.Unlock()
		for len(gone) == 0 {
			Wake(&c.number, 2)
			time.Sleep(time.Millisecond)
		}
		if <-gone; !waitingAre(n - 1) {
			t.Fatalf("%d wait after a signal, want %d", c.waiters, n-1)
		}
	}
	m.Lock()
	defer m.Unlock()
	if c.Signal() {
		t.Error("a signal found somebody waiting")
	}
	if !c.Wait(&m, time.Millisecond) {
		t.Error("a signal that was sent before the wait ended it")
	}
}

// A signal that was one too many, as when a waiter has used its own and has not
// left yet, does not swallow the next.
func TestCondSignalTooMany(t *testing.T) {
	var m Mutex
	var c Cond
	c.unused.Store(1)
	gone := make(chan struct{})
	go func() {
		m.Lock()
		c.Wait(&m, 0)
		m.Unlock()
		close(gone)
	}()
	leaktest.Until(func() bool { m.Lock(); defer m.Unlock(); return c.waiters == 1 })
	m.Lock()
	waiting := c.Signal()
	m.Unlock()
	if !waiting {
		t.Fatal("the signal found nobody waiting")
	}
	<-gone
	if n := c.unused.Load(); n != 0 {
		t.Errorf("%d signals are left", n)
	}
}
