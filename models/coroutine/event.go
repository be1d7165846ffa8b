package coroutine

// An Event is a flag that tasks can wait for. The zero Event is not set and
// ready for use.
type Event struct {
	set     bool
	waiting waiters
}

// NewEvent makes an event that is not set.
func NewEvent() *Event { return &Event{} }

// Set wakes all who wait, longest wait first. They return even if the event is
// cleared before they run.
func (e *Event) Set() {
	if !e.set {
		e.set = true
		e.waiting.wakeAll()
	}
}

// Clear makes the next Wait wait again.
func (e *Event) Clear() { e.set = false }

// IsSet reports whether Set was called after the last Clear.
func (e *Event) IsSet() bool { return e.set }

// Wait suspends t until Set is called, and not at all if the event is set.
func (e *Event) Wait(t *Task) error { return e.wait("Event.Wait", t) }

func (e *Event) wait(op string, t *Task) error {
	if e.set {
		return nil
	}
	if err := e.waiting.bind(op, t); err != nil {
		return err
	}
	return e.waiting.wait(t)
}
