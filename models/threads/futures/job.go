package futures

import (
	"errors"

	"concbench/models"
	"concbench/models/threads/threading"
)

// A job is what a worker takes from the queue. One of its methods is called, once.
type job interface {
	run(t *threading.Thread)
	cancel(t *threading.Thread)
	fail(t *threading.Thread) // the pool is broken
}

// errGoexit is the outcome of a job that neither returned nor panicked.
var errGoexit = errors.New("futures: the job called runtime.Goexit")

// A call is a job with a future.
type call[T any] struct {
	future *Future[T]
	f      func(t *threading.Thread) (T, error)
}

func (c *call[T]) run(t *threading.Thread) {
	if run, err := c.future.SetRunningOrNotifyCancel(t); !run || err != nil {
		return
	}
	var result T
	err := errGoexit
	defer func() {
		_ = c.future.finish(t, err, func() { c.future.result = result }) // a running future has no outcome
	}()
	err = models.Protect(func() (err error) {
		result, err = c.f(t)
		return err
	})
}

func (c *call[T]) cancel(t *threading.Thread) { c.future.Cancel(t) }

// fail finds the future cancelled, perhaps; then that is its outcome.
func (c *call[T]) fail(t *threading.Thread) { _ = c.future.SetException(t, ErrBrokenThreadPool) }

// A plainCall is a job without one. One of its functions is called, which may be
// the same.
type plainCall struct{ f, dropped func(t *threading.Thread) }

func (c plainCall) run(t *threading.Thread)    { protect(t, c.f) }
func (c plainCall) cancel(t *threading.Thread) { protect(t, c.dropped) }
func (c plainCall) fail(t *threading.Thread)   { protect(t, c.dropped) }

func protect(t *threading.Thread, f func(t *threading.Thread)) {
	if err := models.Protect(func() error { f(t); return nil }); err != nil {
		report(t, "Exception in worker", err)
	}
}
