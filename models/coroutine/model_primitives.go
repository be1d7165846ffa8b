package coroutine

import (
	"fmt"

	"concbench/models"
)

// must is for numbers that the contract forbids, which are its user's mistakes:
// the task that makes one fails with a [models.PanicError].
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// NewLock implements [models.Primitives].
func (t ModelTask) NewLock() models.Lock { return lock{NewLock()} }

// NewSemaphore implements [models.Primitives]. It panics if permits is negative.
func (t ModelTask) NewSemaphore(permits int) models.Semaphore {
	return semaphore{must(NewSemaphore(permits))}
}

// NewEvent implements [models.Primitives].
func (t ModelTask) NewEvent() models.Event { return event{NewEvent()} }

// NewBarrier implements [models.Primitives]. It panics if parties is less than 1.
func (t ModelTask) NewBarrier(parties int) models.Barrier {
	return barrier{must(NewBarrier(parties))}
}

// NewQueue implements [models.Primitives]. It panics if capacity is less than 1:
// the contract knows no queue without bound.
func (t ModelTask) NewQueue(capacity int) models.Queue {
	if capacity < 1 {
		panic(fmt.Sprintf("coroutine: queue with capacity %d; want at least 1", capacity))
	}
	return queue{NewQueue[any](capacity)}
}

// NewCondition implements [models.Primitives].
func (t ModelTask) NewCondition(l models.Lock) models.Condition {
	return condition{NewCondition(l.(lock).Lock)}
}

type lock struct{ *Lock }

func (l lock) Acquire(t models.Task) error { return l.Lock.Acquire(own(t)) }
func (l lock) Release(models.Task) error   { return l.Lock.Release() }

type semaphore struct{ *Semaphore }

func (s semaphore) Acquire(t models.Task) error { return s.Semaphore.Acquire(own(t)) }
func (s semaphore) Release(models.Task)         { s.Semaphore.Release() }

type event struct{ *Event }

func (e event) Set(models.Task)          { e.Event.Set() }
func (e event) Clear(models.Task)        { e.Event.Clear() }
func (e event) Wait(t models.Task) error { return e.Event.Wait(own(t)) }

type condition struct{ *Condition }

func (c condition) Wait(t models.Task) error          { return c.Condition.Wait(own(t)) }
func (c condition) Notify(_ models.Task, n int) error { return c.Condition.Notify(n) }
func (c condition) NotifyAll(models.Task) error       { return c.Condition.NotifyAll() }

type barrier struct{ *Barrier }

func (b barrier) Wait(t models.Task) (int, error) { return b.Barrier.Wait(own(t)) }

type queue struct{ *Queue[any] }

func (q queue) Put(t models.Task, v any) error { return q.Queue.Put(own(t), v) }
func (q queue) Get(t models.Task) (any, error) { return q.Queue.Get(own(t)) }
