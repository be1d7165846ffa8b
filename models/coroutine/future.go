package coroutine

// A Future is an outcome that will be known later: a value, an error or
// cancellation, set once. What waits for it is never run by the one who sets
// it, but queued on the loop in the order in which it began to wait.
//
// The zero Future has no loop and never gets an outcome: see [NewFuture].
//
// An error that nobody asks for is reported to the loop's exception handler
// when the future is collected, or when the loop is closed.
type Future[T any] struct {
	promise
	value T
}

// An Awaitable is what a task can wait for: a [*Future], a [*TaskOf], a
// [*Coroutine], or anything else with this method.
type Awaitable[T any] interface {
	Await(t *Task) (T, error)
}

// A FutureOf is a [*Future] or a [*TaskOf] with results of type T.
type FutureOf[T any] interface {
	AnyFuture
	Awaitable[T]
	Result() (T, error)
}

// NewFuture makes a future without an outcome.
func NewFuture[T any](l *Loop) *Future[T] {
	f := &Future[T]{}
	f.loop = l
	return f
}

// SetResult gives the future a value. It returns [ErrInvalidState] if there is
// an outcome, and [ErrNoLoop] if there is no loop.
func (f *Future[T]) SetResult(v T) error {
	if err := f.settle("SetResult", nil); err != nil {
		return err
	}
	f.value = v
	return nil
}

// SetError gives the future an error, which is what its waiters get: the same
// one each. It returns the errors of SetResult, and [ErrNilError] if err is nil: to
// succeed is SetResult's part.
func (f *Future[T]) SetError(err error) error {
	if err == nil {
		return misuse("SetError", ErrNilError)
	}
	return f.settle("SetError", err)
}

// Result is the outcome: a value, or the error. Before there is one it returns
// [ErrInvalidState].
func (f *Future[T]) Result() (T, error) {
	if f.state == pending {
		var zero T
		return zero, misuse("Result", ErrInvalidState)
	}
	return f.value, f.outcome()
}

// Await makes t wait for the outcome and returns it. It does not suspend t if
// there is one. Cancelling t meanwhile cancels the future.
func (f *Future[T]) Await(t *Task) (T, error) {
	if f.state == pending {
		var zero T
		if err := t.enlist(&f.promise, false); err != nil {
			return zero, err
		}
		if err := t.waited(&f.promise, t.yield(false)); err != nil {
			return zero, err
		}
	}
	return f.value, f.outcome()
}

// Reset makes a future whose outcome has been used one without an outcome
// again, so that a busy exchange need not make one each time. asyncio has no
// such thing. It returns [ErrInvalidState] while there is no outcome, and for the
// future of a gather.
func (f *Future[T]) Reset() error {
	if f.state == pending || f.owner != nil {
		return misuse("Reset", ErrInvalidState)
	}
	f.retrieved()
	var zero T
	f.value, f.err, f.state = zero, nil, pending
	return nil
}
