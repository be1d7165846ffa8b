package queue

import (
	"container/list"
	"sync"
	"time"

	"concbench/models/internal/order"
	"concbench/models/threads"
)

// A SimpleQueue is CPython's queue.SimpleQueue: first in, first out, without a
// limit. Put never waits. Its zero value is empty.
type SimpleQueue[T any] struct {
	mu      sync.Mutex // held for moments, in which the interpreter lock is kept
	items   order.Ring[T]
	waiters list.List // of *threads.Lock, held: the getters that wait, oldest first
}

// Put appends item.
func (q *SimpleQueue[T]) Put(t *threads.Thread, item T) {
	q.mu.Lock()
	q.items.Push(item)
	oldest := q.waiters.Front()
	if oldest != nil {
		q.waiters.Remove(oldest)
	}
	q.mu.Unlock()
	if oldest != nil {
		_ = oldest.Value.(*threads.Lock).Release(nil) // it is held
	}
	t.Checkpoint()
}

// Get waits for an item.
func (q *SimpleQueue[T]) Get(t *threads.Thread) (T, error) {
	for {
		item, place, err := q.getOrWait(t, true)
		if place == nil {
			return item, err
		}
		if err := place.Value.(*threads.Lock).Acquire(t); err != nil {
			return item, err
		}
	}
}

// GetNowait is ErrEmpty if there is no item.
func (q *SimpleQueue[T]) GetNowait(t *threads.Thread) (T, error) {
	item, _, err := q.getOrWait(t, false)
	return item, err
}

// GetTimeout is ErrEmpty if there is no item for that long, and
// ErrTimeoutNegative below zero.
func (q *SimpleQueue[T]) GetTimeout(t *threads.Thread, timeout time.Duration) (item T, err error) {
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
		woken, err := place.Value.(*threads.Lock).AcquireTimeout(t, left)
		if err != nil {
			return item, err
		}
		if !woken {
			q.leave(place)
		}
	}
}

// getOrWait takes an item, or else gives the place of a new waiter if the caller
// wants to wait. What a timed-out waiter was woken for it finds with its last look.
func (q *SimpleQueue[T]) getOrWait(t *threads.Thread, wait bool) (item T, place *list.Element, err error) {
	defer t.Checkpoint()
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.items.Len() > 0:
		item = q.items.Pop()
	case wait:
		waiter := threads.NewLock()
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

// Len is qsize: how many items there are at this moment.
func (q *SimpleQueue[T]) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.items.Len()
}

// Empty reports whether there is no item at this moment.
func (q *SimpleQueue[T]) Empty() bool { return q.Len() == 0 }
