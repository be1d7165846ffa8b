package coroutine

import (
	"reflect"
	"time"
)

// A Coroutine is a body that runs when it is awaited, in the turn of the task
// that awaits it, and once only. To make it runs nothing.
type Coroutine[T any] struct {
	body func(*Task) (T, error)
}

// NewCoroutine makes a coroutine of a body.
func NewCoroutine[T any](body func(*Task) (T, error)) *Coroutine[T] {
	return &Coroutine[T]{body}
}

// Await runs the body as part of t. The second time it returns [ErrReused].
func (c *Coroutine[T]) Await(t *Task) (T, error) {
	body := c.body
	if body == nil {
		var zero T
		return zero, misuse("await", ErrReused)
	}
	c.body = nil
	return body(t)
}

// Close makes an await return [ErrReused]. It may be called again.
func (c *Coroutine[T]) Close() { c.body = nil }

// SleepFor is a coroutine that sleeps for d and returns result: asyncio's
// sleep(d, result), which can be handed to whatever takes an awaitable.
// [Task.Sleep] sleeps at once.
func SleepFor[T any](d time.Duration, result T) *Coroutine[T] {
	return NewCoroutine(func(t *Task) (T, error) { return result, t.Sleep(d) })
}

// EnsureFuture makes a future of what can be awaited: a future or a task is one
// already, anything else gets a task of the scope that awaits it. If what is nil,
// the future has failed with [ErrNotAwaitable].
func EnsureFuture[T any](in Scope, what Awaitable[T]) FutureOf[T] {
	if isMissing(what) {
		none := NewFuture[T](homeOf(in))
		none.SetError(misuse("EnsureFuture", ErrNotAwaitable))
		return none
	}
	if f, ok := what.(FutureOf[T]); ok {
		return f
	}
	return CreateTask(in, what.Await)
}

// isMissing reports whether what is nil, or a nil pointer.
func isMissing(what any) bool {
	v := reflect.ValueOf(what)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}

// identity is a key that is the same for the same awaitable, at whatever place
// it is given.
func identity(what any, place int) any {
	if reflect.ValueOf(what).Comparable() {
		return what
	}
	return place
}
