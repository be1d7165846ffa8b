package queue

import (
	"container/list"
	"sync"
	"time"

	"concbench/models/internal/order"
	"concbench/models/threads/threading"
)

// A SimpleQueue is CPython's queue.SimpleQueue: first in, first out, without a limit. Put
// never waits. Its zero value is empty.
type SimpleQueue[T any] struct {
	mu      sync.Mutex // held for moments, without letting the interpreter lock go
	items   order.Ring[T]
	waiters list.List // of *threading.Lock, held: one per waiting getter, oldest first
}

// NewSimpleQueue makes an empty queue.
func NewSimpleQueue[T any]() *SimpleQueue[T] { return &SimpleQueue[T]{} }

// Put appends item.
func (q *SimpleQueue[T]) Put(t *threading.Thread, item T) {
	q.mu.Lock()
	q.items.Push(item)
	oldest := q.waiters.Front()
	if oldest != nil {
		q.waiters.Remove(oldest)
	}
	q.mu.Unlock()
	if oldest != nil {
		_ = oldest.Value.(*threading.Lock).Release(nil) // it is held
	}
	t.Checkpoint()
}

// Get waits for an item.
func (q *SimpleQueue[T]) Get(t *threading.Thread) (T, error) {
	for {
		item, place, err := q.getOrWait(t, true)
		if place == nil {
			return item, err
		}
		if err := place.Value.(*threading.Lock).Acquire(t); err != nil {
			return item, err
		}
	}
}

// GetNowait returns ErrEmpty if there is no item.
func (q *SimpleQueue[T]) GetNowait(t *threading.Thread) (T, error) {
	item, _, err := q.getOrWait(t, false)
	return item, err
}

// GetTimeout returns ErrEmpty if there is no item for the whole timeout. A negative
// timeout is ErrTimeoutNegative.
func (q *SimpleQueue[T]) GetTimeout(t *threading.Thread, timeout time.Duration) (item T, err error) {
	if timeout < 0 {
		return item, ErrTimeoutNegative
	}
	deadline := time.Now().Add(timeout)
	for {
		left := max(time.Until(deadline), 0)
		item, place, err := q.getOrWait(t, left > 0)
		if place == nil {
			return item, err
		}
		woken, err := place.Value.(*threading.Lock).AcquireTimeout(t, left)
		if err != nil {
			return item, err
		}
		if !woken {
			q.leave(place)
		}
	}
}

// getOrWait takes an item. If there is none and the caller wants to wait, it gives the
// place of a new waiter. A waiter that times out looks once more, and so finds the item
// that it was woken for.
func (q *SimpleQueue[T]) getOrWait(t *threading.Thread, wait bool) (item T, place *list.Element, err error) {
	defer t.Checkpoint()
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.items.Len() > 0:
		item = q.items.Pop()
	case wait:
		waiter := threading.NewLock()
		waiter.TryAcquire(nil)
		place = q.waiters.PushBack(waiter)
	default:
		err = ErrEmpty
	}
	return item, place, err
}

func (q *SimpleQueue[T]) leave(place *list.Element) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiters.Remove(place)
}

// Len is the number of items at this moment: qsize.
func (q *SimpleQueue[T]) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.items.Len()
}

// Empty reports whether there is no item at this moment.
func (q *SimpleQueue[T]) Empty() bool { return q.Len() == 0 }
