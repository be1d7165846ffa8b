package coroutine

// A waiter is a future in the line of a primitive. Every stack has one to wait
// with, since its task waits in one place at a time; so waiting allocates
// nothing. The primitive that a waiter stands in forgets it before
// the task goes on.
type waiter struct {
	promise
	prev, next *waiter
}

// reset makes the waiter ready for another wait. Of its promise nothing else
// has changed: to complete it lets go of who waited, and it never has an alarm.
func (w *waiter) reset() { w.state, w.err = pending, nil }

// wake ends the wait, if it has not ended.
func (w *waiter) wake() { w.wakeWith(nil) }

// wakeWith ends the wait, if it has not ended, and leaves err for the task to
// find.
func (w *waiter) wakeWith(err error) {
	if w.state == pending && !w.loop.refuses("wake") {
		w.complete(finished, err)
	}
}

// woken reports whether the wait ended because someone woke it. It may have
// been cancelled nevertheless.
func (w *waiter) woken() bool { return w.state == finished }

// waiters are tasks in line, longest wait first. Those that are done stay in
// line until their task has run.
type waiters struct {
	first, last *waiter
	asleep      *waiter // all before it are done
	loop        *Loop   // whose tasks may wait here; nil until the first has
}

// bind admits t to the line. A primitive belongs to the first loop that it is
// waited for on: to wake the tasks of two, each on its own thread, would race.
func (ws *waiters) bind(op string, t *Task) error {
	switch {
	case t == nil || t.loop.current != t || t.stack == nil: // [Task.wait] looks closer
		return misuse(op, ErrNotCurrent)
	case ws.loop == nil:
		ws.loop = t.loop
	case ws.loop != t.loop:
		return misuse(op, ErrBoundElsewhere)
	}
	return nil
}

// wait puts the task in line until it is woken or cancelled.
func (ws *waiters) wait(t *Task) error {
	if err := ws.join(t); err != nil {
		return err
	}
	return ws.leave(t, t.yield(false))
}

// join is what a wait begins with.
func (ws *waiters) join(t *Task) error {
	w := &t.waiter
	w.reset()
	if err := t.enlist(&w.promise, false); err != nil {
		return err
	}
	ws.add(w)
	return nil
}

// leave is what it ends with, and its error.
func (ws *waiters) leave(t *Task, resumed bool) error {
	ws.remove(&t.waiter)
	return t.waited(&t.waiter.promise, resumed)
}

// waiting reports whether anyone in line has not been cancelled. Who has been
// woken but has not run yet counts: overtaking it would not be fair.
func (ws *waiters) waiting() bool {
	for w := ws.first; w != nil; w = w.next {
		if w.state != cancelled {
			return true
		}
	}
	return false
}

// firstAsleep is the waiter that has waited longest of those neither woken nor
// cancelled, or nil. It remembers where it has looked, so that to wake many one
// by one does not take the square of the time.
func (ws *waiters) firstAsleep() *waiter {
	for ws.asleep != nil && ws.asleep.Done() {
		ws.asleep = ws.asleep.next
	}
	return ws.asleep
}

// wakeAll wakes all that are in line.
func (ws *waiters) wakeAll() {
	for w := ws.first; w != nil; w = w.next {
		w.wake()
	}
}

func (ws *waiters) add(w *waiter) {
	w.prev = ws.last
	if ws.last == nil {
		ws.first = w
	} else {
		ws.last.next = w
	}
	ws.last = w
	if ws.asleep == nil {
		ws.asleep = w
	}
}

func (ws *waiters) remove(w *waiter) {
	if w.prev == nil && w.next == nil { // the only one, as mostly
		ws.first, ws.last, ws.asleep = nil, nil, nil
		return
	}
	if ws.asleep == w {
		ws.asleep = w.next
	}
	if w.prev == nil {
		ws.first = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		ws.last = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.prev, w.next = nil, nil
}
