package threads

// waiters are the tasks that wait on one primitive, longest first. A task waits
// in one place at a time, so the link is part of the task.
type waiters struct{ first, last *Task }

func (w *waiters) push(t *Task) {
	if w.first == nil {
		w.first = t
	} else {
		w.last.next = t
	}
	w.last = t
}

// pop takes out the task that has waited longest, or gives nil.
func (w *waiters) pop() *Task {
	t := w.first
	if t != nil {
		w.first, t.next = t.next, nil
	}
	return t
}

func (w *waiters) empty() bool { return w.first == nil }

// wakeAll wakes all, longest waiter first.
func (w *waiters) wakeAll() {
	for t := w.pop(); t != nil; t = w.pop() {
		t.wake()
	}
}
