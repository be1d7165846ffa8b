package coroutine

import (
	"cmp"
	"math"

	"concbench/models/internal/order"
)

// A Queue passes values from tasks to tasks. Which value is next is the kind's
// affair: the oldest ([NewQueue]), the smallest ([NewPriorityQueue]) or the
// newest ([NewLifoQueue]). The zero Queue is one of the first kind without bound.
//
// Unlike asyncio's, whose woken getter may find that somebody else has taken
// its item and must line up again, it is fair: it has a semaphore for its items
// and one for its free places, so who was woken has a claim.
type Queue[T any] struct {
	items      order.Order[T] // nil in the zero Queue
	maxsize    int
	filled     Semaphore // a permit for each item
	places     Semaphore // and for each place that is free
	unfinished int       // items put for which TaskDone was not called
	finished   Event
}

// NewQueue makes a queue that gives the oldest item first. A maxsize of zero or
// less is no bound.
func NewQueue[T any](maxsize int) *Queue[T] { return newQueue(maxsize, &order.Ring[T]{}) }

// NewPriorityQueue makes a queue that gives the smallest item first; see
// NewQueue.
func NewPriorityQueue[T cmp.Ordered](maxsize int) *Queue[T] {
	return newQueue(maxsize, order.NewHeap(cmp.Compare[T]))
}

// NewPriorityQueueFunc makes a queue that gives the smallest item first by a
// comparison that is negative if a is smaller than b; see NewQueue. It returns
// [ErrNoComparison] if there is none.
func NewPriorityQueueFunc[T any](maxsize int, compare func(a, b T) int) (*Queue[T], error) {
	if compare == nil {
		return nil, misuse("NewPriorityQueueFunc", ErrNoComparison)
	}
	return newQueue(maxsize, order.NewHeap(compare)), nil
}

// NewLifoQueue makes a queue that gives the newest item first; see NewQueue.
func NewLifoQueue[T any](maxsize int) *Queue[T] { return newQueue(maxsize, &order.Stack[T]{}) }

func newQueue[T any](maxsize int, items order.Order[T]) *Queue[T] {
	q := &Queue[T]{}
	q.begin(maxsize, items)
	return q
}

func (q *Queue[T]) begin(maxsize int, items order.Order[T]) {
	q.maxsize, q.items = max(0, maxsize), items
	q.places.permits = q.maxsize
	if q.maxsize == 0 {
		q.places.permits = math.MaxInt
	}
}

// Put suspends t until there is a free place, and adds v.
func (q *Queue[T]) Put(t *Task, v T) error {
	q.ready()
	if !q.places.take() {
		if err := q.bind("Queue.Put", t); err != nil {
			return err
		}
		if err := q.places.waiting.join(t); err != nil {
			return err
		}
		if err := q.places.waited(t, q.places.waiting.leave(t, t.yield(false))); err != nil {
			return err
		}
	}
	q.add(v)
	return nil
}

// Get suspends t until there is an item, and takes the one that is next.
func (q *Queue[T]) Get(t *Task) (T, error) {
	if !q.filled.take() {
		var zero T
		if err := q.bind("Queue.Get", t); err != nil {
			return zero, err
		}
		if err := q.filled.waiting.join(t); err != nil {
			return zero, err
		}
		if err := q.filled.waited(t, q.filled.waiting.leave(t, t.yield(false))); err != nil {
			return zero, err
		}
	}
	return q.remove(), nil
}

// PutNowait adds v, or returns [ErrQueueFull].
func (q *Queue[T]) PutNowait(v T) error {
	q.ready()
	if q.places.permits == 0 {
		return ErrQueueFull
	}
	q.places.permits--
	q.add(v)
	return nil
}

// GetNowait takes the item that is next, or returns [ErrQueueEmpty].
func (q *Queue[T]) GetNowait() (T, error) {
	if q.filled.permits == 0 {
		var zero T
		return zero, ErrQueueEmpty
	}
	q.filled.permits--
	return q.remove(), nil
}

// ready makes the zero Queue one that has places.
func (q *Queue[T]) ready() {
	if q.items == nil {
		q.begin(0, &order.Ring[T]{})
	}
}

// bind keeps getters and putters to one loop, that of the getters' line.
func (q *Queue[T]) bind(op string, t *Task) error { return q.filled.waiting.bind(op, t) }

// add puts v in a place that the caller has taken.
func (q *Queue[T]) add(v T) {
	q.items.Push(v)
	q.unfinished++
	q.finished.Clear()
	q.filled.give()
}

// remove takes an item that the caller has a claim to.
func (q *Queue[T]) remove() T {
	v := q.items.Pop()
	q.places.give()
	return v
}

// TaskDone says that an item that was taken has been dealt with. When that is
// so for all that were put, those who Join go on. It returns [ErrTasksDone] if
// called more often than items were put.
func (q *Queue[T]) TaskDone() error {
	if q.unfinished == 0 {
		return misuse("Queue.TaskDone", ErrTasksDone)
	}
	q.unfinished--
	if q.unfinished == 0 {
		q.finished.Set()
	}
	return nil
}

// Join suspends t until TaskDone was called for every item that was put, and
// not at all if it was.
func (q *Queue[T]) Join(t *Task) error {
	if q.unfinished == 0 {
		return nil
	}
	return q.finished.wait("Queue.Join", t)
}

// Len is asyncio's qsize: the number of items, including those that a woken
// task is about to take.
func (q *Queue[T]) Len() int {
	if q.items == nil {
		return 0
	}
	return q.items.Len()
}

// Maxsize is the bound, 0 if there is none.
func (q *Queue[T]) Maxsize() int { return q.maxsize }

// Empty reports whether Len is 0.
func (q *Queue[T]) Empty() bool { return q.Len() == 0 }

// Full reports whether Len is the bound. A place that a woken task is about to
// take is still free.
func (q *Queue[T]) Full() bool { return q.maxsize > 0 && q.Len() >= q.maxsize }
