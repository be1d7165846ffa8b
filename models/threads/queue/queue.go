package queue

import (
	"cmp"
	"errors"
	"time"

	"concbench/models/internal/order"
	"concbench/models/threads/threading"
)

// CPython's exceptions Empty and Full. They have no text there.
var (
	ErrEmpty = errors.New("queue: empty")
	ErrFull  = errors.New("queue: full")
)

// Misuse, in CPython's words. The last one has no counterpart there.
const (
	ErrTimeoutNegative = threading.ValueError("'timeout' must be a non-negative number")
	ErrTaskDone        = threading.ValueError("task_done() called too many times")
	ErrNoComparison    = threading.ValueError("a function that compares was expected, got nil")
)

// A Queue is CPython's queue.Queue, LifoQueue or PriorityQueue. All calls may return the
// error of [threading.Lock.Acquire]. The zero Queue is first in, first out, without a
// limit.
type Queue[T any] struct {
	mutex    threading.Lock
	notEmpty *threading.Condition
	notFull  *threading.Condition
	allDone  *threading.Condition

	maxsize    int
	items      order.Order[T]
	unfinished int
}

// NewQueue makes a queue that is first in, first out. A maxsize of 0 or less is no limit.
func NewQueue[T any](maxsize int) *Queue[T] { return newQueue(maxsize, &order.Ring[T]{}) }

// NewLifoQueue makes a queue that is last in, first out.
func NewLifoQueue[T any](maxsize int) *Queue[T] { return newQueue(maxsize, &order.Stack[T]{}) }

// NewPriorityQueue makes a queue that gives the smallest item first.
func NewPriorityQueue[T cmp.Ordered](maxsize int) *Queue[T] {
	return newQueue(maxsize, order.NewHeap(cmp.Compare[T]))
}

// NewPriorityQueueFunc is NewPriorityQueue with a comparison, which is negative if a is
// smaller than b. It is called with the queue's lock held. Without one the error is
// ErrNoComparison.
func NewPriorityQueueFunc[T any](maxsize int, compare func(a, b T) int) (*Queue[T], error) {
	if compare == nil {
		return nil, ErrNoComparison
	}
	return newQueue(maxsize, order.NewHeap(compare)), nil
}

func newQueue[T any](maxsize int, items order.Order[T]) *Queue[T] {
	q := &Queue[T]{maxsize: maxsize}
	q.begin(items)
	return q
}

func (q *Queue[T]) begin(items order.Order[T]) {
	q.items = items
	q.notEmpty = threading.NewCondition(&q.mutex)
	q.notFull = threading.NewCondition(&q.mutex)
	q.allDone = threading.NewCondition(&q.mutex)
}

// lock takes the mutex. It also gives the zero Queue its order.
func (q *Queue[T]) lock(t *threading.Thread) error {
	if err := q.mutex.Acquire(t); err != nil {
		return err
	}
	if q.items == nil {
		q.begin(&order.Ring[T]{})
	}
	return nil
}

// forever is the timeout of a wait that has none. Zero is a look without a wait.
const forever = time.Duration(-1)

// Put waits until there is a place for item.
func (q *Queue[T]) Put(t *threading.Thread, item T) error { return q.put(t, item, forever) }

// PutNowait returns ErrFull if there is no place.
func (q *Queue[T]) PutNowait(t *threading.Thread, item T) error { return q.put(t, item, 0) }

// PutTimeout returns ErrFull if there is no place for the whole timeout. A negative
// timeout is ErrTimeoutNegative.
func (q *Queue[T]) PutTimeout(t *threading.Thread, item T, timeout time.Duration) error {
	if timeout < 0 {
		return ErrTimeoutNegative
	}
	return q.put(t, item, timeout)
}

func (q *Queue[T]) put(t *threading.Thread, item T, timeout time.Duration) error {
	if err := q.lock(t); err != nil {
		return err
	}
	defer q.mutex.Release(t)
	free, err := await(t, q.notFull, timeout, func() bool { return !q.isFull() })
	if err != nil {
		return err
	}
	if !free {
		return ErrFull
	}
	q.items.Push(item)
	q.unfinished++
	return q.notEmpty.Notify(t, 1)
}

// Get waits for an item.
func (q *Queue[T]) Get(t *threading.Thread) (T, error) { return q.get(t, forever) }

// GetNowait returns ErrEmpty if there is no item.
func (q *Queue[T]) GetNowait(t *threading.Thread) (T, error) { return q.get(t, 0) }

// GetTimeout returns ErrEmpty if there is no item for the whole timeout. A negative
// timeout is ErrTimeoutNegative.
func (q *Queue[T]) GetTimeout(t *threading.Thread, timeout time.Duration) (item T, err error) {
	if timeout < 0 {
		return item, ErrTimeoutNegative
	}
	return q.get(t, timeout)
}

func (q *Queue[T]) get(t *threading.Thread, timeout time.Duration) (item T, err error) {
	if err := q.lock(t); err != nil {
		return item, err
	}
	defer q.mutex.Release(t)
	present, err := await(t, q.notEmpty, timeout, func() bool { return q.items.Len() > 0 })
	if err != nil {
		return item, err
	}
	if !present {
		return item, ErrEmpty
	}
	item = q.items.Pop()
	return item, q.notFull.Notify(t, 1)
}

// await waits until ready is true. It calls ready with the condition's lock held.
func await(t *threading.Thread, c *threading.Condition, timeout time.Duration, ready func() bool) (bool, error) {
	switch {
	case ready():
		return true, nil
	case timeout == 0:
		return false, nil
	case timeout == forever:
		err := c.WaitFor(t, ready)
		return err == nil, err
	}
	return c.WaitForTimeout(t, ready, timeout)
}

// TaskDone says that the work on one item that was got is done. The error is ErrTaskDone
// if there have been more calls than items.
func (q *Queue[T]) TaskDone(t *threading.Thread) error {
	if err := q.lock(t); err != nil {
		return err
	}
	defer q.mutex.Release(t)
	if q.unfinished == 0 {
		return ErrTaskDone
	}
	q.unfinished--
	if q.unfinished > 0 {
		return nil
	}
	return q.allDone.NotifyAll(t)
}

// Join waits until TaskDone has been called for every item that was put.
func (q *Queue[T]) Join(t *threading.Thread) error {
	if err := q.lock(t); err != nil {
		return err
	}
	defer q.mutex.Release(t)
	return q.allDone.WaitFor(t, func() bool { return q.unfinished == 0 })
}

// Len is the number of items at this moment: qsize.
func (q *Queue[T]) Len(t *threading.Thread) (int, error) {
	if err := q.lock(t); err != nil {
		return 0, err
	}
	defer q.mutex.Release(t)
	return q.items.Len(), nil
}

// Empty reports whether there is no item at this moment.
func (q *Queue[T]) Empty(t *threading.Thread) (bool, error) {
	n, err := q.Len(t)
	return n == 0, err
}

// Maxsize is the largest number of items; 0 or less is no limit.
func (q *Queue[T]) Maxsize() int { return q.maxsize }

// Full reports whether there is no place at this moment.
func (q *Queue[T]) Full(t *threading.Thread) (bool, error) {
	if err := q.lock(t); err != nil {
		return false, err
	}
	defer q.mutex.Release(t)
	return q.isFull(), nil
}

func (q *Queue[T]) isFull() bool { return 0 < q.maxsize && q.maxsize <= q.items.Len() }
