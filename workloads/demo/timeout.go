package demo

import (
	"errors"
	"time"

	"concbench/models"
)

var timeout = Demo{
	Name:       "timeout",
	Doc:        "An hour is waited for, and one second is allowed",
	needsTasks: "the hour would have to end before anyone could look at the clock",
	words: map[string]string{
		"coroutine": "The hour is one sleep, which the cancellation ends at once.",
		"threads":   "The hour is slept in pieces of a tenth of a second, with a look at the flag between them: a sleeping thread cannot be woken.",
		"goroutine": "The hour is one sleep, which waits on the cancellation too.",
	},
	play: func(s *Stage) error {
		piece := s.scaled(time.Hour)
		if !s.Model.Traits().CancelWakes {
			piece = s.scaled(100 * time.Millisecond)
		}
		return s.Model.Run(func(main models.Task) error {
			hour := main.Start("hour", func(t models.Task) error { return wait(t, s.scaled(time.Hour), piece) })
			s.say("waiting for an hour, at most 1 s")
			if err := main.Sleep(s.scaled(time.Second)); err != nil {
				return err
			}
			hour.Cancel()
			if err := hour.Join(main); err == nil {
				return errors.New("the hour was over within a second")
			} else if models.Failed(err) {
				return err
			}
			s.say("timeout!")
			return nil
		})
	},
}

// wait sleeps for d in pieces and returns ErrCancelled if it is cancelled.
func wait(t models.Task, d, piece time.Duration) error {
	for end := time.Now().Add(d); !t.Cancelled(); {
		left := time.Until(end)
		if left <= 0 {
			return nil
		}
		if err := t.Sleep(min(piece, left)); err != nil {
			return err
		}
	}
	return models.ErrCancelled
}
