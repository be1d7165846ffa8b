package threads

import (
	"concbench/models"
	"concbench/models/internal/order"
)

// A queue holds at most its capacity of values. A value put while a
// getter waits goes straight to that getter; a place that is freed while a
// putter waits is filled with that putter's value at once. So getters wait only
// on an empty queue, putters only on a full one, and both are served in order.
type queue struct {
	mu       mutex
	capacity int
	values   order.Ring[any]
	getters  waiters
	putters  waiters // each with its value in Task.value
}

func (q *queue) Put(t models.Task, v any) error {
	self := t.(*Task)
	q.mu.lock()
	if getter := q.getters.pop(); getter != nil {
		getter.value = v
		q.mu.unlock()
		self.rouse(getter)
		return nil
	}
	if q.values.Len() < q.capacity {
		q.values.Push(v)
		q.mu.unlock()
		self.Checkpoint()
		return nil
	}
	self.value = v
	q.putters.push(self)
	q.mu.unlock()
	self.wait()
	return nil
}

func (q *queue) Get(t models.Task) (any, error) {
	self := t.(*Task)
	q.mu.lock()
	if q.values.Len() == 0 {
		q.getters.push(self)
		q.mu.unlock()
		self.wait()
		return self.takeValue(), nil
	}
	v := q.values.Pop()
	putter := q.putters.pop()
	if putter != nil {
		q.values.Push(putter.takeValue())
	}
	q.mu.unlock()
	if putter != nil {
		self.rouse(putter)
	} else {
		self.Checkpoint()
	}
	return v, nil
}

func (q *queue) Len() int {
	q.mu.lock()
	defer q.mu.unlock()
	return q.values.Len()
}
