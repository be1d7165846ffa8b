package threads

import (
	"container/list"
	"time"
)

// A waitlist is what a [Condition] is besides its lock, which every call is given.
//
// Every waiter brings a held lock of its own and waits for it. A notification
// releases the oldest of these; its waiter then contends for the condition's lock
// like everybody else.
type waitlist struct {
	mu      mutex
	waiters list.List // of *Lock, oldest first
}

// wait is Condition.Wait, with a timeout.
func (w *waitlist) wait(l Locker, t *Thread, timeout time.Duration) (notified bool, err error) {
	if !l.owned(t) {
		return false, ErrWaitUnacquired
	}
	waiter := newHeldLock()
	place := w.enter(waiter)
	count := l.releaseSave(t)
	notified = waiter.acquire(t, timeout)
	l.acquireRestore(t, count)
	if !notified {
		w.leave(place)
	}
	return notified, nil
}

func (w *waitlist) enter(waiter *Lock) *list.Element {
	w.mu.lock()
	defer w.mu.unlock()
	return w.waiters.PushBack(waiter)
}

// leave does nothing if a notification that came too late has taken the waiter out.
func (w *waitlist) leave(place *list.Element) {
	w.mu.lock()
	defer w.mu.unlock()
	w.waiters.Remove(place)
}

// notify is Condition.Notify.
func (w *waitlist) notify(l Locker, t *Thread, n int) error {
	if !l.owned(t) {
		return ErrNotifyUnacquired
	}
	for ; n > 0; n-- {
		waiter := w.oldest()
		if waiter == nil {
			return nil
		}
		waiter.unlock(t)
	}
	return nil
}

// notifyAll is Condition.NotifyAll.
func (w *waitlist) notifyAll(l Locker, t *Thread) error {
	w.mu.lock()
	n := w.waiters.Len()
	w.mu.unlock()
	return w.notify(l, t, n)
}

func (w *waitlist) oldest() *Lock {
	w.mu.lock()
	defer w.mu.unlock()
	if w.waiters.Len() == 0 {
		return nil
	}
	return w.waiters.Remove(w.waiters.Front()).(*Lock)
}
