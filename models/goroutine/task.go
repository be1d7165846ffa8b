package goroutine

import (
	"runtime"
	"sync"
	"time"

	"concbench/internal/stdnet"
	"concbench/models"
)

// A task is one goroutine. It is its own handle.
type task struct {
	run       *run
	cancel    sync.Once
	cancelled chan struct{} // closed by Cancel
	ended     chan struct{} // closed when the body has returned
	err       error         // of the body; read after ended
}

func (t *task) Start(_ string, body func(models.Task) error) models.Handle { return t.run.start(body) }

func (t *task) Sleep(d time.Duration) error {
	if d <= 0 {
		return t.Yield()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-t.cancelled:
		return models.ErrCancelled
	}
}

func (t *task) Yield() error {
	runtime.Gosched()
	return nil
}

func (t *task) Checkpoint() {}

func (t *task) Block(f func() error) error { return models.Protect(f) }

func (t *task) Cancelled() bool {
	select {
	case <-t.cancelled:
		return true
	default:
		return false
	}
}

func (t *task) Join(waiter models.Task) error {
	_, err := receive(waiter, t.ended)
	if err != nil {
		return err
	}
	return t.err
}

func (t *task) Cancel() { t.cancel.Do(func() { close(t.cancelled) }) }

func (t *task) Dial(network, address string) (models.Conn, error) {
	return stdnet.Dial(network, address)
}

func (t *task) Listen(network, address string) (models.Listener, error) {
	return stdnet.Listen(network, address)
}

func (t *task) Pipe() (models.Conn, models.Conn, error) { return stdnet.Pipe() }

// receive takes a value from c, waiting no longer than the task is wanted.
func receive[T any](t models.Task, c <-chan T) (T, error) {
	select {
	case v := <-c:
		return v, nil
	default:
	}
	select {
	case v := <-c:
		return v, nil
	case <-t.(*task).cancelled:
		var zero T
		return zero, models.ErrCancelled
	}
}

// send puts a value into c, waiting no longer than the task is wanted.
func send[T any](t models.Task, c chan<- T, v T) error {
	select {
	case c <- v:
		return nil
	default:
	}
	select {
	case c <- v:
		return nil
	case <-t.(*task).cancelled:
		return models.ErrCancelled
	}
}
