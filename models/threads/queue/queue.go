package queue

import (
	"cmp"
	"time"

	"concbench/models/internal/order"
	"concbench/models/threads"
)

// A Queue is CPython's queue.Queue, LifoQueue or PriorityQueue. All calls may
// return the error of [threads.Lock.Acquire]. The zero Queue is first in, first
// out, without a limit.
type Queue[T any] struct {
	mutex    threads.Lock
	notEmpty *threads.Condition
	notFull  *threads.Condition
	allDone  *threads.Condition

	maxsize    int
	items      order.Order[T]
	unfinished int
}

// New makes a queue that is first in, first out. A maxsize of 0 or less is no limit.
func New[T any](maxsize int) *Queue[T] { return newQueue(maxsize, &order.Ring[T]{}) }

// NewLIFO makes a queue that is last in, first out.
func NewLIFO[T any](maxsize int) *Queue[T] { return newQueue(maxsize, &order.Stack[T]{}) }

// NewPriority makes a queue that gives the smallest item first.
func NewPriority[T cmp.Ordered](maxsize int) *Queue[T] {
	return newQueue(maxsize, order.NewHeap(cmp.Compare[T]))
}

// NewPriorityFunc is NewPriority by a comparison that is negative if a is smaller
// than b. The queue's lock is held meanwhile. Without one the error is ErrNoComparison.
func NewPriorityFunc[T any](maxsize int, compare func(a, b T) int) (*Queue[T], error) {
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
	q.notEmpty = threads.NewCondition(&q.mutex)
	q.notFull = threads.NewCondition(&q.mutex)
	q.allDone = threads.NewCondition(&q.mutex)
}

// lock takes the mutex, and makes the zero Queue one that has an order.
func (q *Queue[T]) lock(t *threads.Thread) error {
	if err := q.mutex.Acquire(t); err != nil {
		return err
	}
	if q.items == nil {
		q.begin(&order.Ring[T]{})
	}
	return nil
}

// A timeout of a wait: forever, 0 for a look without a wait, or longer.
const forever = time.Duration(-1)

// Put waits until there is a place for item.
func (q *Queue[T]) Put(t *threads.Thread, item T) error { return q.put(t, item, forever) }

// PutNowait is ErrFull if there is no place.
func (q *Queue[T]) PutNowait(t *threads.Thread, item T) error { return q.put(t, item, 0) }

// PutTimeout is ErrFull if there is no place for that long, and
// ErrTimeoutNegative below zero.
func (q *Queue[T]) PutTimeout(t *threads.Thread, item T, timeout time.Duration) error {
	if timeout < 0 {
		return ErrTimeoutNegative
	}
	return q.put(t, item, timeout)
}

func (q *Queue[T]) put(t *threads.Thread, item T, timeout time.Duration) error {
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
func (q *Queue[T]) Get(t *threads.Thread) (T, error) { return q.get(t, forever) }

// GetNowait is ErrEmpty if there is no item.
func (q *Queue[T]) GetNowait(t *threads.Thread) (T, error) { return q.get(t, 0) }

// GetTimeout is ErrEmpty if there is no item for that long, and
// ErrTimeoutNegative below zero.
func (q *Queue[T]) GetTimeout(t *threads.Thread, timeout time.Duration) (item T, err error) {
	if timeout < 0 {
		return item, ErrTimeoutNegative
	}
	return q.get(t, timeout)
}

func (q *Queue[T]) get(t *threads.Thread, timeout time.Duration) (item T, err error) {
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

// await waits until ready, which is called with the condition's lock held.
func await(t *threads.Thread, c *threads.Condition, timeout time.Duration, ready func() bool) (bool, error) {
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

// TaskDone says that the work on one item that was got is done. ErrTaskDone says
// that it was said more often than items were put.
func (q *Queue[T]) TaskDone(t *threads.Thread) error {
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
func (q *Queue[T]) Join(t *threads.Thread) error {
	if err := q.lock(t); err != nil {
		return err
	}
	defer q.mutex.Release(t)
	return q.allDone.WaitFor(t, func() bool { return q.unfinished == 0 })
}

// Len is qsize: how many items there are at this moment.
func (q *Queue[T]) Len(t *threads.Thread) (int, error) {
	if err := q.lock(t); err != nil {
		return 0, err
	}
	defer q.mutex.Release(t)
	return q.items.Len(), nil
}

// Empty reports whether there is no item at this moment.
func (q *Queue[T]) Empty(t *threads.Thread) (bool, error) {
	n, err := q.Len(t)
	return n == 0, err
}

// Full reports whether there is no place at this moment.
func (q *Queue[T]) Full(t *threads.Thread) (bool, error) {
	if err := q.lock(t); err != nil {
		return false, err
	}
	defer q.mutex.Release(t)
	return q.isFull(), nil
}

func (q *Queue[T]) isFull() bool { return 0 < q.maxsize && q.maxsize <= q.items.Len() }
