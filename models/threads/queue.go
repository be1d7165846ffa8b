package threads

import "concbench/models"

// A queue is a ring of at most its capacity of values. A value put while a
// getter waits goes straight to that getter; a place that is freed while a
// putter waits is filled with that putter's value at once. So getters wait only
// on an empty queue, putters only on a full one, and both are served in order.
type queue struct {
	mu       mutex
	capacity int
	ring     []any // grows up to capacity
	first    int
	length   int
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
	if q.length < q.capacity {
		q.append(v)
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
	if q.length == 0 {
		q.getters.push(self)
		q.mu.unlock()
		self.wait()
		return self.takeValue(), nil
	}
	v := q.removeFirst()
	putter := q.putters.pop()
	if putter != nil {
		q.append(putter.takeValue())
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
	return q.length
}

func (q *queue) append(v any) {
	if q.length == len(q.ring) {
		q.grow()
	}
	q.ring[(q.first+q.length)%len(q.ring)] = v
	q.length++
}

// grow doubles the ring, up to the capacity, and brings its first value to the front.
func (q *queue) grow() {
	ring := make([]any, min(max(2*len(q.ring), 8), q.capacity))
	n := copy(ring, q.ring[q.first:])
	copy(ring[n:], q.ring[:q.first])
	q.ring, q.first = ring, 0
}

func (q *queue) removeFirst() any {
	v := q.ring[q.first]
	q.ring[q.first] = nil
	q.first = (q.first + 1) % len(q.ring)
	q.length--
	return v
}
