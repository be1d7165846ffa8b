package coroutine

import "fmt"

// A Queue passes values in order and holds at most its capacity.
//
// Unlike asyncio's, whose woken getter may find that somebody else has taken
// its item and must line up again, it is fair: it consists of a semaphore for its
// free places and one for its items, so who was woken has a claim.
type Queue struct {
	items  ring[any]
	places *Semaphore
	filled *Semaphore
}

// NewQueue makes an empty queue. It panics if capacity is less than 1.
func NewQueue(capacity int) *Queue {
	if capacity < 1 {
		panic(fmt.Sprintf("coroutine: queue with capacity %d; want at least 1", capacity))
	}
	return &Queue{places: NewSemaphore(capacity), filled: NewSemaphore(0)}
}

// Put suspends t until there is a free place, and adds v.
func (q *Queue) Put(t *Task, v any) error {
	if err := q.places.Acquire(t); err != nil {
		return err
	}
	q.items.push(v)
	q.filled.Release()
	return nil
}

// Get suspends t until there is an item, and takes the oldest.
func (q *Queue) Get(t *Task) (any, error) {
	if err := q.filled.Acquire(t); err != nil {
		return nil, err
	}
	v := q.items.pop()
	q.places.Release()
	return v, nil
}

// Len is the number of items, including those that a woken task is about to
// take.
func (q *Queue) Len() int { return q.items.size }
