package threads

import (
	"concbench/models"
	"concbench/models/internal/order"
	"concbench/models/threads/internal/futex"
)

// A queue holds at most capacity values. A value that is put while a getter waits goes
// straight to that getter. A place that is freed while a putter waits is filled with
// that putter's value at once. So getters wait only on an empty queue, putters only on
// a full one, and both are served in order.
type queue struct {
	mu       futex.Mutex
	capacity int
	values   order.Ring[any]
	getters  waiters
	putters  waiters // each with its value in Task.value
}

func (q *queue) Put(t models.Task, v any) error {
	self := t.(*Task)
	q.mu.Lock()
	if getter := q.getters.pop(); getter != nil {
		getter.value = v
		q.mu.Unlock()
		self.state.Rouse(&getter.state)
		return nil
	}
	if q.values.Len() < q.capacity {
		q.values.Push(v)
		q.mu.Unlock()
		self.Checkpoint()
		return nil
	}
	self.value = v
	q.putters.push(self)
	q.mu.Unlock()
	self.state.Wait()
	return nil
}

func (q *queue) Get(t models.Task) (any, error) {
	self := t.(*Task)
	q.mu.Lock()
	if q.values.Len() == 0 {
		q.getters.push(self)
		q.mu.Unlock()
		self.state.Wait()
		return self.takeValue(), nil
	}
	v := q.values.Pop()
	putter := q.putters.pop()
	if putter != nil {
		q.values.Push(putter.takeValue())
	}
	q.mu.Unlock()
	if putter != nil {
		self.state.Rouse(&putter.state)
	} else {
		self.Checkpoint()
	}
	return v, nil
}

func (q *queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.values.Len()
}
