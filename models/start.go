package models

// A Result is a handle on a task that returns a value.
type Result[T any] struct {
	Handle
	value *T
}

// StartValue starts body as [Task.Start] does and keeps the value it returns.
func StartValue[T any](t Task, name string, body func(Task) (T, error)) Result[T] {
	value := new(T)
	h := t.Start(name, func(t Task) (err error) {
		*value, err = body(t)
		return err
	})
	return Result[T]{Handle: h, value: value}
}

// Value joins the task and returns its value, or its error and the zero value.
func (r Result[T]) Value(t Task) (T, error) {
	if err := r.Join(t); err != nil {
		var zero T
		return zero, err
	}
	return *r.value, nil
}

// JoinAll joins the handles in order and returns the first error among them.
// It joins all of them whatever their errors.
func JoinAll(t Task, handles ...Handle) error {
	var first error
	for _, h := range handles {
		if err := h.Join(t); err != nil && first == nil {
			first = err
		}
	}
	return first
}
