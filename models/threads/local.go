package threads

// A Local is a variable of which every thread has its own, threading.local. Its
// zero value is ready for use. A thread's value goes with the thread.
type Local[T any] struct {
	_ byte // two Locals have two addresses
}

// Get is t's value; ok is false where t has set none.
func (l *Local[T]) Get(t *Thread) (value T, ok bool) {
	set, ok := t.locals[l].(*T)
	if ok {
		value = *set
	}
	return value, ok
}

// Set gives t a value.
func (l *Local[T]) Set(t *Thread, value T) {
	if t.locals == nil {
		t.locals = map[any]any{}
	}
	t.locals[l] = &value
}

// Delete takes t's value away.
func (l *Local[T]) Delete(t *Thread) { delete(t.locals, l) }
