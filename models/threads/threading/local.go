package threading

// A Local is a variable of which every thread has its own: threading.local. Its zero value
// is ready for use. A thread's value goes with the thread. Each thread gets and sets only
// its own value: t is the thread that calls.
type Local[T any] struct {
	_ byte // two Locals have two addresses
}

// Get is t's value; ok is false if t has set none.
func (l *Local[T]) Get(t *Thread) (value T, ok bool) {
	if t == nil {
		return value, false
	}
	set, ok := t.locals[l].(*T)
	if ok {
		value = *set
	}
	return value, ok
}

// Set gives t a value. Without a handle the error is ErrNoOwner.
func (l *Local[T]) Set(t *Thread, value T) error {
	if t == nil {
		return ErrNoOwner
	}
	if t.locals == nil {
		t.locals = map[any]any{}
	}
	t.locals[l] = &value
	return nil
}

// Delete removes t's value, if there is one.
func (l *Local[T]) Delete(t *Thread) {
	if t != nil {
		delete(t.locals, l)
	}
}
