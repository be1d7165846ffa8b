package threads

import (
	"context"
	"errors"

	"concbench/models"
)

// Climb starts threads that only park until there are most of them, a limit of
// this system forbids one more, or ctx ends; then it wakes them and returns when
// all have ended. reached is how many there were at the same time. limit says what
// stopped it; it is nil if there were most. Without ctx the error is ErrNoContext.
//
// A limit that no file tells of ends the process, as the Go runtime has it when
// the kernel refuses a thread: do it in a process that is there for nothing else.
func Climb(ctx context.Context, most int) (reached int, limit *LimitError, err error) {
	return climb(ctx, most, systemCeiling)
}

func climb(ctx context.Context, most int, probe func() ceiling) (reached int, limit *LimitError, err error) {
	if ctx == nil {
		return 0, nil, ErrNoContext
	}
	m, err := New("")
	if err != nil {
		return 0, nil, err
	}
	m.probe = probe
	err = m.Run(func(t models.Task) error {
		gate := t.NewSemaphore(0)
		defer gate.Release(t)
		for reached < most && ctx.Err() == nil {
			h := t.Start("climber", func(t models.Task) error {
				if err := gate.Acquire(t); err != nil {
					return err
				}
				gate.Release(t) // one by one: they have one lock to go through
				return nil
			})
			if h.(handle).refused() {
				break
			}
			reached++
		}
		return ctx.Err()
	})
	if errors.As(err, &limit) {
		return reached, limit, nil
	}
	return reached, nil, err
}

// refused reports whether the task has not been started because of a limit.
func (h handle) refused() bool {
	h.task.mu.lock()
	defer h.task.mu.unlock()
	return errors.Is(h.task.err, models.ErrLimit)
}
