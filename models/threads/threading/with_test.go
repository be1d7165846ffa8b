package threading

import (
	"errors"
	"testing"

	"concbench/models"
)

// With holds the lock while the body runs, and no longer, however the body ends.
func TestWith(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		semaphore, _ := NewSemaphore(1)
		bounded, _ := NewBoundedSemaphore(1)
		cond := NewCondition(NewLock())
		errBody := errors.New("the body's")
		for name, a := range map[string]interface {
			acquirer
			TryAcquire(t *Thread) bool
			With(t *Thread, body func() error) error
		}{"Lock": NewLock(), "RLock": NewRLock(), "Condition": cond, "Semaphore": semaphore, "BoundedSemaphore": bounded} {
			if err := a.With(main, nil); err != ErrNoFunction {
				t.Errorf("%s.With(nil): %v", name, err)
			}
			err := a.With(main, func() error {
				if r, ok := a.(*RLock); ok && !r.owned(main) || !ok && a.TryAcquire(main) {
					t.Errorf("%s.With does not hold it", name)
				}
				return errBody
			})
			if err != errBody {
				t.Errorf("%s.With: %v", name, err)
			}
			var panicked *models.PanicError
			err = models.Protect(func() error { return a.With(main, func() error { panic("the body's") }) })
			if !errors.As(err, &panicked) || !a.TryAcquire(main) {
				t.Errorf("%s.With of a body that panics: %v, or it is held still", name, err)
			}
		}
		return nil
	})
}

func TestWithOfALockThatIsReleasedInside(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		var l Lock
		if err := l.With(main, func() error { return l.Release(main) }); !errors.Is(err, ErrReleaseUnlocked) {
			t.Errorf("%v, want %v", err, ErrReleaseUnlocked)
		}
		return nil
	})
}
