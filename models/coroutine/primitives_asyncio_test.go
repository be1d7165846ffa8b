package coroutine

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// Random programs of conditions, barriers, bounded semaphores and queues take
// the same course here as in CPython, to the round, and refuse with its words.
func TestPrimitivesAgainstAsyncio(t *testing.T) {
	replay(t, "testdata/primitives.jsonl", func(c *course) world {
		var shared Lock
		return &primitivesWorld{
			course:     c,
			conditions: [3]*Condition{NewCondition(nil), NewCondition(&shared), NewCondition(&shared)},
			barriers:   [2]*Barrier{must(NewBarrier(2)), must(NewBarrier(3))},
			semaphores: [2]*Semaphore{must(NewBoundedSemaphore(1)), must(NewBoundedSemaphore(2))},
			queues:     [4]*Queue[int]{NewQueue[int](1), NewQueue[int](0), NewPriorityQueue[int](2), NewLifoQueue[int](2)},
		}
	})
}

// A primitivesWorld is the twin of World in testdata/record_primitives.py.
type primitivesWorld struct {
	*course
	conditions [3]*Condition
	shelves    [3]int
	barriers   [2]*Barrier
	semaphores [2]*Semaphore
	queues     [4]*Queue[int]
	puts       int
}

// loosen frees the conditions' locks, since a wait does not end without.
func (w *primitivesWorld) loosen() {
	for _, c := range w.conditions {
		if c.Locked() {
			c.Release()
		}
	}
}

func (w *primitivesWorld) perform(task *Task, o operation) string {
	result, err := w.others(task, o)
	var usage *UsageError
	switch {
	case errors.As(err, &usage): // the context manager's, if the body has one too
		return " " + usage.Err.Error()
	case errors.Is(err, ErrCancelled):
		return " cancelled"
	case err == ErrBrokenBarrier:
		return " broken"
	case err == ErrQueueEmpty:
		return " empty"
	case err == ErrQueueFull:
		return " full"
	}
	return result
}

func (w *primitivesWorld) others(task *Task, o operation) (result string, err error) {
	switch o.kind {
	case "yield":
		return "", task.Yield()
	case "cancel":
		w.tasks[o.arg].Cancel()
		return "", nil
	case "block":
		return "", task.Sleep(time.Hour)
	case "down":
		return "", w.semaphores[o.arg].Acquire(task)
	case "up":
		return "", w.semaphores[o.arg].Release()
	case "arrive", "abort", "reset", "look":
		return w.barrier(task, o.kind, w.barriers[o.arg])
	case "put", "get", "put_nowait", "get_nowait", "task_done", "join", "size":
		return w.queue(task, o.kind, w.queues[o.arg])
	}
	return "", w.condition(task, o.kind, w.conditions[o.arg], &w.shelves[o.arg])
}

func (w *primitivesWorld) condition(task *Task, kind string, c *Condition, shelf *int) error {
	switch kind {
	case "acquire":
		return c.Acquire(task)
	case "release":
		return c.Release()
	case "wait":
		return c.Wait(task)
	case "notify":
		return c.Notify(1)
	case "notify_all":
		return c.NotifyAll()
	case "stock":
		*shelf++
		return nil
	case "news":
		return c.With(task, func() error { return c.Wait(task) })
	case "section":
		return c.With(task, func() error {
			err := c.WaitFor(task, func() bool { return *shelf > 0 })
			if err == nil {
				*shelf--
			}
			return err
		})
	case "announce":
		return c.With(task, func() error {
			*shelf++
			if err := c.Notify(1); err != nil {
				return err
			}
			return task.Yield()
		})
	}
	panic("unknown operation " + kind)
}

func (w *primitivesWorld) barrier(task *Task, kind string, b *Barrier) (result string, err error) {
	switch kind {
	case "abort":
		b.Abort()
	case "reset":
		b.Reset()
	case "look":
		return fmt.Sprintf(" %d %v", b.Waiting(), b.Broken()), nil
	case "arrive":
		place, err := b.Wait(task)
		return fmt.Sprint(" ", place), err
	}
	return "", nil
}

func (w *primitivesWorld) queue(task *Task, kind string, q *Queue[int]) (result string, err error) {
	var v int
	switch kind {
	case "put":
		return "", q.Put(task, w.next())
	case "put_nowait":
		return "", q.PutNowait(w.next())
	case "task_done":
		return "", q.TaskDone()
	case "join":
		return "", q.Join(task)
	case "size":
		return fmt.Sprintf(" %d %v %v", q.Len(), q.Empty(), q.Full()), nil
	case "get":
		v, err = q.Get(task)
	case "get_nowait":
		v, err = q.GetNowait()
	}
	return fmt.Sprint(" ", v), err
}

// next is the next value to put.
func (w *primitivesWorld) next() int {
	w.puts++
	return w.puts * 7 % 10
}
