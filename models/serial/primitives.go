package serial

import "concbench/models"

// NewLock implements [models.Primitives].
func (t *Task) NewLock() models.Lock { return &lock{} }

type lock struct{ held bool }

func (l *lock) Acquire(models.Task) error {
	if l.held {
		return models.ErrDeadlock
	}
	l.held = true
	return nil
}

func (l *lock) Release(models.Task) error {
	if !l.held {
		return models.ErrNotOwner
	}
	l.held = false
	return nil
}

// NewSemaphore implements [models.Primitives].
func (t *Task) NewSemaphore(permits int) models.Semaphore {
	s := semaphore(permits)
	return &s
}

// A semaphore is its number of permits.
type semaphore int

func (s *semaphore) Acquire(models.Task) error {
	if *s == 0 {
		return models.ErrDeadlock
	}
	*s--
	return nil
}

func (s *semaphore) Release(models.Task) { *s++ }

// NewEvent implements [models.Primitives].
func (t *Task) NewEvent() models.Event { return new(event) }

type event bool

func (e *event) Set(models.Task)   { *e = true }
func (e *event) Clear(models.Task) { *e = false }
func (e *event) IsSet() bool       { return bool(*e) }

func (e *event) Wait(models.Task) error {
	if !*e {
		return models.ErrDeadlock
	}
	return nil
}

// NewCondition implements [models.Primitives].
func (t *Task) NewCondition(l models.Lock) models.Condition { return condition{l.(*lock)} }

// A condition never has a waiter to notify.
type condition struct{ lock *lock }

func (c condition) Wait(t models.Task) error {
	if err := c.NotifyAll(t); err != nil {
		return err
	}
	return models.ErrDeadlock
}

func (c condition) Notify(t models.Task, _ int) error { return c.NotifyAll(t) }

func (c condition) NotifyAll(models.Task) error {
	if !c.lock.held {
		return models.ErrNotOwner
	}
	return nil
}

// NewBarrier implements [models.Primitives].
func (t *Task) NewBarrier(parties int) models.Barrier { return barrier(parties) }

// A barrier is its number of parties: more than one never meet.
type barrier int

func (b barrier) Wait(models.Task) (int, error) {
	if b > 1 {
		return 0, models.ErrDeadlock
	}
	return 0, nil
}

// NewQueue implements [models.Primitives].
func (t *Task) NewQueue(capacity int) models.Queue { return &queue{capacity: capacity} }

type queue struct {
	capacity int
	values   []any
}

func (q *queue) Put(_ models.Task, v any) error {
	if len(q.values) == q.capacity {
		return models.ErrDeadlock
	}
	q.values = append(q.values, v)
	return nil
}

func (q *queue) Get(models.Task) (any, error) {
	if len(q.values) == 0 {
		return nil, models.ErrDeadlock
	}
	v := q.values[0]
	q.values = q.values[1:]
	return v, nil
}

func (q *queue) Len() int { return len(q.values) }
