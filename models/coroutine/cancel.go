package coroutine

// cancel is [promise.Cancel] for a task.
func (t *Task) cancel(err error) bool {
	if t.Done() {
		t.retrieved()
		return false
	}
	t.requests++
	if t.passing {
		// The cancel has gone round in a circle of tasks that await each other
		// through a gather: it ends here.
		t.interrupt(err)
		return true
	}
	t.pending = err
	if t.awaits != nil {
		t.passCancelOn()
	}
	return true
}

// passCancelOn ends the wait in progress because of a pending cancellation.
func (t *Task) passCancelOn() {
	if t.shielded {
		t.interrupt(t.pending)
		return
	}
	err := t.pending
	t.passing, t.pending = true, nil // it arrives through what is awaited
	if !t.awaits.requestCancel(err) {
		t.pending = err
	}
	t.passing = false
}

// interrupt has the wait in progress return err, whatever becomes of the
// future, unless that has an outcome and the task is about to go on.
func (t *Task) interrupt(err error) {
	t.pending = err
	if t.awaits.removeWaiter(&t.step) {
		t.loop.ready.Push(&t.step)
	}
}

// Cancelling is the number of times that the task was cancelled, less those
// taken back by [Task.Uncancel].
func (t *Task) Cancelling() int { return int(t.requests) }

// Uncancel takes one request of cancellation back, for a body that has caught
// and refused it, and returns how many are left. It does not stop an error that
// is on its way.
func (t *Task) Uncancel() int {
	t.requests = max(0, t.requests-1)
	return int(t.requests)
}
