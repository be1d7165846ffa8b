package goroutine

import (
	"math"
	"sync"

	"concbench/models"
)

// NewLock implements [models.Primitives].
func (t *Task) NewLock() models.Lock { return make(lock, 1) }

// A lock is held while its one place is taken. A sender that waits for the
// place gets it from the receiver directly, so nobody overtakes.
type lock chan struct{}

func (l lock) Acquire(t models.Task) error { return send(t, l, struct{}{}) }

func (l lock) Release(models.Task) error {
	select {
	case <-l:
		return nil
	default:
		return models.ErrNotOwner
	}
}

// NewSemaphore implements [models.Primitives].
func (t *Task) NewSemaphore(permits int) models.Semaphore {
	// A channel of empty structs has no buffer in memory, whatever its capacity.
	s := make(semaphore, math.MaxInt)
	for range permits {
		s <- struct{}{}
	}
	return s
}

// A semaphore holds one token for each permit.
type semaphore chan struct{}

func (s semaphore) Acquire(t models.Task) error {
	_, err := receive(t, s)
	return err
}

func (s semaphore) Release(models.Task) { s <- struct{}{} }

// NewEvent implements [models.Primitives].
func (t *Task) NewEvent() models.Event { return &event{flag: make(chan struct{})} }

// An event is a channel that is closed while it is set.
type event struct {
	mu   sync.Mutex
	set  bool
	flag chan struct{}
}

func (e *event) Set(models.Task) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.set {
		e.set = true
		close(e.flag)
	}
}

func (e *event) Clear(models.Task) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.set {
		e.set = false
		e.flag = make(chan struct{})
	}
}

func (e *event) IsSet() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.set
}

func (e *event) Wait(t models.Task) error {
	e.mu.Lock()
	flag := e.flag
	e.mu.Unlock()
	_, err := receive(t, flag)
	return err
}

// NewQueue implements [models.Primitives].
func (t *Task) NewQueue(capacity int) models.Queue { return make(queue, capacity) }

type queue chan any

func (q queue) Put(t models.Task, v any) error { return send(t, q, v) }
func (q queue) Get(t models.Task) (any, error) { return receive(t, q) }
func (q queue) Len() int                       { return len(q) }
