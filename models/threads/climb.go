package threads

import (
	"context"
	"errors"

	"concbench/models"
	"concbench/models/threads/limits"
	"concbench/models/threads/threading"
)

// ErrNoContext is the error of Climb without a context.
const ErrNoContext = threading.ValueError("a context was expected, got nil")

// Climb starts threads that only park, until there are most of them, a limit of this
// system forbids one more, or ctx ends. Then it wakes them, and returns when all have
// ended. reached is how many there were at the same time. limit says what stopped the
// climb; it is nil if there were most. Without ctx the error is ErrNoContext.
//
// A limit that no file tells of ends the process: the Go runtime does so when the kernel
// refuses it a thread. So call Climb in a process that does nothing else.
func Climb(ctx context.Context, most int) (reached int, limit *limits.Error, err error) {
	return climb(ctx, most, limits.System)
}

func climb(ctx context.Context, most int, probe func() limits.Ceiling) (reached int, limit *limits.Error, err error) {
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
