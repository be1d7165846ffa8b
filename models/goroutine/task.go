package goroutine

import (
	"runtime"
	"sync"
	"time"

	"concbench/internal/stdnet"
	"concbench/models"
)

// A Task is one goroutine. It is its own handle.
type Task struct {
	run       *run
	cancel    sync.Once
	cancelled chan struct{} // closed by Cancel
	ended     chan struct{} // closed when the body has ended
	err       error         // of the body; read after ended
}

// end is what follows the body.
func (t *Task) end() {
	t.run.report(t.err)
	close(t.ended)
}

// Start implements [models.Task].
func (t *Task) Start(_ string, body func(models.Task) error) models.Handle { return t.run.start(body) }

// Sleep implements [models.Task].
func (t *Task) Sleep(d time.Duration) error {
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

// Yield implements [models.Task].
func (t *Task) Yield() error {
	runtime.Gosched()
	return nil
}

// Checkpoint does nothing: there is no interpreter lock.
func (t *Task) Checkpoint() {}

// Block calls f.
func (t *Task) Block(f func() error) error { return models.Protect(f) }

// Cancelled implements [models.Task].
func (t *Task) Cancelled() bool {
	select {
	case <-t.cancelled:
		return true
	default:
		return false
	}
}

// Join implements [models.Handle].
func (t *Task) Join(waiter models.Task) error {
	_, err := receive(waiter, t.ended)
	if err != nil {
		return err
	}
	return t.err
}

// Cancel implements [models.Handle].
func (t *Task) Cancel() { t.cancel.Do(func() { close(t.cancelled) }) }

// Dial implements [models.Network].
func (t *Task) Dial(network, address string) (models.Conn, error) {
	return stdnet.Dial(network, address)
}

// Listen implements [models.Network].
func (t *Task) Listen(network, address string) (models.Listener, error) {
	return stdnet.Listen(network, address)
}

// Pipe implements [models.Network].
func (t *Task) Pipe() (models.Conn, models.Conn, error) { return stdnet.Pipe() }

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
	case <-t.(*Task).cancelled:
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
	case <-t.(*Task).cancelled:
		return models.ErrCancelled
	}
}
