package futures

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"concbench/models/threads/threading"
)

// A ReturnWhen says when Wait returns.
type ReturnWhen int

const (
	AllCompleted   ReturnWhen = iota // all are done
	FirstCompleted                   // one is done
	FirstException                   // one has failed, or all are done
)

// A waiter is told of futures that are done. It sets its event when there are enough.
type waiter struct {
	event   *threading.Event
	lock    threading.Lock // of what follows
	news    []*core
	pending int
	when    ReturnWhen
}

func (w *waiter) add(t *threading.Thread, c *core) {
	if w.lock.Acquire(t) != nil {
		return // the interpreter has ended, and with it the waiting thread
	}
	defer w.lock.Release(t)
	w.news = append(w.news, c)
	w.pending--
	failed := c.state == Finished && c.err != nil
	if w.pending == 0 || w.when == FirstCompleted || w.when == FirstException && failed {
		_ = w.event.Set(t)
	}
}

// takeNews empties the waiter.
func (w *waiter) takeNews(t *threading.Thread) (news []*core, err error) {
	if err := w.lock.Acquire(t); err != nil {
		return nil, err
	}
	defer w.lock.Release(t)
	news, w.news = w.news, nil
	return news, w.event.Clear(t)
}

// await waits for the event.
func (w *waiter) await(t *threading.Thread, timeout time.Duration) (bool, error) {
	if timeout == forever {
		err := w.event.Wait(t)
		return err == nil, err
	}
	return w.event.WaitTimeout(t, timeout)
}

// Wait waits until the futures are done, as when says, and divides them. A cancelled future
// is done when its executor has seen that. A future that is given twice counts once. A
// future that is nil is ErrNoFuture.
func Wait[F Waitable](t *threading.Thread, fs []F, when ReturnWhen) (done, notDone []F, err error) {
	return wait(t, fs, when, forever)
}

// WaitTimeout is Wait for at most timeout. The end of the timeout is no error.
func WaitTimeout[F Waitable](t *threading.Thread, fs []F, when ReturnWhen, timeout time.Duration) (done, notDone []F, err error) {
	return wait(t, fs, when, max(timeout, 0))
}

func wait[F Waitable](t *threading.Thread, fs []F, when ReturnWhen, timeout time.Duration) (done, notDone []F, err error) {
	if when < AllCompleted || when > FirstException {
		return nil, nil, threading.ValueError(fmt.Sprintf("Invalid return condition: %d", when))
	}
	if err := present(fs); err != nil {
		return nil, nil, err
	}
	fs = unique(fs)
	finished, w, err := install(t, fs, when, enough)
	if err != nil {
		return nil, nil, err
	}
	if w != nil {
		_, err = w.await(t, timeout)
		uninstall(t, fs, w)
		for _, c := range w.news {
			finished[c] = true
		}
	}
	for _, f := range fs {
		if finished[f.base()] {
			done = append(done, f)
		} else {
			notDone = append(notDone, f)
		}
	}
	return done, notDone, err
}

// enough reports whether Wait need not wait at all.
func enough(finished map[*core]bool, all int, when ReturnWhen) bool {
	if len(finished) == all || when == FirstCompleted && len(finished) > 0 {
		return true
	}
	for c := range finished {
		if when == FirstException && c.state == Finished && c.err != nil {
			return true
		}
	}
	return false
}

// present returns ErrNoFuture if one of the futures is nil or zero.
func present[F Waitable](fs []F) error {
	for _, f := range fs {
		if any(f) == nil || f.base() == nil {
			return ErrNoFuture
		}
	}
	return nil
}

func unique[F Waitable](fs []F) []F {
	seen := map[*core]bool{}
	return slices.DeleteFunc(slices.Clone(fs), func(f F) bool {
		again := seen[f.base()]
		seen[f.base()] = true
		return again
	})
}

// install tells which of the futures are done. Unless those are enough, it puts a waiter
// into all of them.
func install[F Waitable](t *threading.Thread, fs []F, when ReturnWhen,
	enough func(finished map[*core]bool, all int, when ReturnWhen) bool,
) (finished map[*core]bool, w *waiter, err error) {
	unlock, err := lockAll(t, fs)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()
	finished = map[*core]bool{}
	for _, f := range fs {
		if c := f.base(); c.notified() {
			finished[c] = true
		}
	}
	if enough(finished, len(fs), when) {
		return finished, nil, nil
	}
	w = &waiter{event: threading.NewEvent(), pending: len(fs) - len(finished), when: when}
	for _, f := range fs {
		f.base().waiters = append(f.base().waiters, w)
	}
	return finished, w, nil
}

// lockAll locks the futures in an order that is the same for every caller.
func lockAll[F Waitable](t *threading.Thread, fs []F) (unlock func(), err error) {
	sorted := slices.SortedFunc(slices.Values(fs), func(a, b F) int {
		return cmp.Compare(a.base().serial, b.base().serial)
	})
	locked := 0
	unlock = func() {
		for _, f := range sorted[:locked] {
			_ = f.base().cond.Release(t)
		}
	}
	for _, f := range sorted {
		if err := f.base().cond.Acquire(t); err != nil {
			unlock()
			return nil, err
		}
		locked++
	}
	return unlock, nil
}

func uninstall[F Waitable](t *threading.Thread, fs []F, w *waiter) {
	for _, f := range fs {
		f.base().removeWaiter(t, w)
	}
}
