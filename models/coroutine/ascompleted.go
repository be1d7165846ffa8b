package coroutine

import (
	"iter"
	"time"

	"concbench/models/internal/order"
)

// AsCompleted awaits all of what side by side and gives the outcomes in the
// order in which they come: asyncio's as_completed. The loop over it suspends t
// until there is one. What is no future becomes a task of t when the loop
// begins; the same awaitable given twice gives one outcome.
//
// Once the timeout has passed, each outcome that is outstanding is [ErrTimeout].
// It cancels nothing, and neither does leaving the loop. A cancellation of t
// comes in the place of an outcome.
func AsCompleted[T any](t *Task, timeout time.Duration, what ...Awaitable[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		c := &completions[T]{task: t}
		defer c.forget()
		if err := c.begin(what, timeout); err != nil {
			var zero T
			yield(zero, err)
			return
		}
		for range len(c.callbacks) {
			if !yield(c.next()) {
				return
			}
		}
	}
}

// completions are the futures of an AsCompleted.
type completions[T any] struct {
	task        *Task
	callbacks   map[*promise]*Handle
	outstanding int
	ended       order.Ring[FutureOf[T]] // nil for one that the timeout was faster than
	timer       Timer
	waiting     bool // the task's waiter is ours
}

func (c *completions[T]) begin(what []Awaitable[T], timeout time.Duration) error {
	const op = "AsCompleted"
	if err := c.task.runs(op); err != nil {
		return err
	}
	futures := make([]FutureOf[T], 0, len(what))
	known := make(map[any]bool, len(what))
	for i, w := range what {
		if key := identity(w, i); !known[key] {
			known[key] = true
			futures = append(futures, EnsureFuture(c.task, w))
		}
	}
	for _, f := range futures {
		if f.core().loop != c.task.loop {
			return misuse(op, ErrForeignFuture)
		}
	}
	c.watch(futures)
	if timeout != NoTimeout && c.outstanding > 0 {
		c.timer.call = c.expire
		c.task.loop.schedule(&c.timer, after(c.task.loop.Time(), timeout))
	}
	return nil
}

func (c *completions[T]) watch(futures []FutureOf[T]) {
	c.outstanding = len(futures)
	c.callbacks = make(map[*promise]*Handle, len(futures))
	for _, f := range futures {
		c.callbacks[f.core()] = f.AddDoneCallback(func() {
			c.add(f)
			if c.outstanding == 0 {
				c.timer.Cancel()
			}
		})
	}
}

func (c *completions[T]) expire() {
	c.forget()
	for c.outstanding > 0 {
		c.add(nil)
	}
}

func (c *completions[T]) add(f FutureOf[T]) {
	c.outstanding--
	c.ended.Push(f)
	if c.waiting {
		c.task.waiter.wake()
	}
}

// next suspends the task until there is another outcome.
func (c *completions[T]) next() (value T, err error) {
	for c.ended.Len() == 0 {
		c.task.waiter.reset()
		c.waiting = true
		err := c.task.wait(&c.task.waiter.promise, false)
		c.waiting = false
		if err != nil {
			return value, err
		}
	}
	f := c.ended.Pop()
	if f == nil {
		return value, ErrTimeout
	}
	return f.Result()
}

// forget stops watching.
func (c *completions[T]) forget() {
	c.timer.Cancel()
	for f, callback := range c.callbacks {
		f.forget(callback)
	}
}
