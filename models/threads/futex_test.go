package threads

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestFutexWaitEnds(t *testing.T) {
	var word atomic.Uint32
	if futexWait(&word, 1, time.Hour) {
		t.Error("a wait for another value timed out")
	}
	if begin := time.Now(); !futexWait(&word, 0, time.Millisecond) || time.Since(begin) < time.Millisecond {
		t.Error("a wait that nobody ends did not last until its timeout")
	}
	woken := make(chan bool)
	for range 2 {
		go func() { woken <- futexWait(&word, 0, time.Hour) }()
	}
	for n := 0; n < 2; {
		futexWake(&word, 1) // may come before the wait
		select {
		case timedOut := <-woken:
			n++
			if timedOut {
				t.Error("a wait that was woken says that it timed out")
			}
		case <-time.After(time.Millisecond):
		}
	}
	futexWake(&word, 1) // nobody is there
}

func TestMutexExcludes(t *testing.T) {
	var m mutex
	var wg sync.WaitGroup
	count := 0
	for range 4 {
		wg.Go(func() {
			for range 5000 {
				m.lock()
				count++
				m.unlock()
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
	var m mutex
	var c cond
	m.lock()
	if !c.wait(&m, time.Millisecond) {
		t.Error("a wait without a signal did not time out")
	}
	m.unlock()

	const waiters = 3
	tickets, got := 0, 0
	var wg sync.WaitGroup
	for range waiters {
		wg.Go(func() {
			m.lock()
			for tickets == 0 {
				if c.wait(&m, 0) {
					t.Error("a wait without a timeout timed out")
				}
			}
			tickets--
			got++
			m.unlock()
		})
	}
	for range waiters {
		m.lock()
		tickets++
		c.signal()
		m.unlock()
	}
	wg.Wait()
	if got != waiters || c.waiters != 0 {
		t.Errorf("%d waiters got through, %d are counted as waiting", got, c.waiters)
	}
}

// A wake-up that comes before the wait is not lost, and counts once.
func TestParker(t *testing.T) {
	var p parker
	p.unpark()
	p.park()
	done := make(chan struct{})
	go func() {
		p.park()
		close(done)
	}()
	until(func() bool { return p.state.Load() == parkerAsleep })
	p.unpark()
	<-done
	if p.state.Load() != parkerEmpty {
		t.Error("a wake-up is left over")
	}
}

// One signal lets one waiter go on, however many the kernel wakes, and it may be
// one that has not got to sleep; a signal that came too late is not kept.
func TestCondSignalIsForOne(t *testing.T) {
	var m mutex
	var c cond
	gone := make(chan struct{}, 2)
	for range 2 {
		go func() {
			m.lock()
			c.wait(&m, 0)
			m.unlock()
			gone <- struct{}{}
		}()
	}
	waiting := func(n int) bool { m.lock(); defer m.unlock(); return c.waiters == n }
	for n := 2; n > 0; n-- {
		until(func() bool { return waiting(n) })
		m.lock()
		if !c.signal() {
			t.Error("a signal found nobody waiting")
		}
		m.unlock()
		for len(gone) == 0 {
			futexWake(&c.number, 2)
			time.Sleep(time.Millisecond)
		}
		if <-gone; !waiting(n - 1) {
			t.Fatalf("%d wait after a signal, want %d", c.waiters, n-1)
		}
	}
	m.lock()
	defer m.unlock()
	if c.signal() {
		t.Error("a signal found somebody waiting")
	}
	if !c.wait(&m, time.Millisecond) {
		t.Error("a signal that was sent before the wait ended it")
	}
}

// A signal that was one too many, as when a waiter has used its own and has not
// left yet, does not swallow the next.
func TestCondSignalTooMany(t *testing.T) {
	var m mutex
	var c cond
	c.unused.Store(1)
	gone := make(chan struct{})
	go func() {
		m.lock()
		c.wait(&m, 0)
		m.unlock()
		close(gone)
	}()
	until(func() bool { m.lock(); defer m.unlock(); return c.waiters == 1 })
	m.lock()
	waiting := c.signal()
	m.unlock()
	if !waiting {
		t.Fatal("the signal found nobody waiting")
	}
	<-gone
	if n := c.unused.Load(); n != 0 {
		t.Errorf("%d signals are left", n)
	}
}
