package futures

import (
	"errors"

	"concbench/models"
	"concbench/models/threads"
)

// A job is what a worker takes from the queue. One of its methods is called, once.
type job interface {
	run(t *threads.Thread)
	cancel(t *threads.Thread)
	fail(t *threads.Thread) // the pool is broken
}

// errGoexit is the outcome of a job that neither returned nor panicked.
var errGoexit = errors.New("futures: the job called runtime.Goexit")

// A call is a job with a future.
type call[T any] struct {
	future *Future[T]
	f      func(t *threads.Thread) (T, error)
}

func (c *call[T]) run(t *threads.Thread) {
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

func (c *call[T]) cancel(t *threads.Thread) { c.future.Cancel(t) }

// fail finds the future cancelled, perhaps; then that is its outcome.
func (c *call[T]) fail(t *threads.Thread) { _ = c.future.SetException(t, ErrBrokenThreadPool) }

// A plainCall is a job without one. One of its functions is called, which may be
// the same.
type plainCall struct{ f, dropped func(t *threads.Thread) }

func (c plainCall) run(t *threads.Thread)    { protect(t, c.f) }
func (c plainCall) cancel(t *threads.Thread) { protect(t, c.dropped) }
func (c plainCall) fail(t *threads.Thread)   { protect(t, c.dropped) }

func protect(t *threads.Thread, f func(t *threads.Thread)) {
	if err := models.Protect(func() error { f(t); return nil }); err != nil {
		report(t, "Exception in worker", err)
	}
}
