package coroutine

// A Handle is a callback that the loop is to run once.
type Handle struct {
	call      func() // nil once cancelled
	task      *Task  // whose coroutine is to be resumed instead
	cancelled bool
}

// Cancel keeps the callback from running if it has not run yet. It may be
// called again, and by the callback itself.
func (h *Handle) Cancel() {
	h.cancelled = true
	h.call = nil
}

// Cancelled reports whether Cancel was called.
func (h *Handle) Cancelled() bool { return h.cancelled }
