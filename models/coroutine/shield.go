package coroutine

// Shield is a future with the outcome of what, for those who want to await it
// without passing their own cancellation on: asyncio's shield. To cancel it
// leaves what alone, and makes nothing of what becomes of it: an error is
// reported if nobody else asks. If what is cancelled, so is the future. What is
// done already is returned itself. What is no future becomes a task of in;
// without a scope the future has failed with [ErrNoLoop].
func Shield[T any](in Scope, what Awaitable[T]) FutureOf[T] {
	outer := NewFuture[T](homeOf(in))
	if isMissing(in) {
		outer.SetError(misuse("Shield", ErrNoLoop))
		return outer
	}
	inner := EnsureFuture(in, what)
	if inner.core().loop != outer.loop {
		outer.SetError(misuse("Shield", ErrForeignFuture))
		return outer
	}
	if inner.Done() {
		return inner
	}
	pass := inner.AddDoneCallback(func() {
		value, err := inner.Result()
		switch {
		case outer.Done():
		case inner.Cancelled():
			outer.requestCancel(err)
		case err != nil:
			outer.SetError(err)
		default:
			outer.SetResult(value)
		}
	})
	outer.AddDoneCallback(func() { inner.RemoveDoneCallback(pass) })
	return outer
}
