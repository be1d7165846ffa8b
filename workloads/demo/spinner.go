package demo

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"concbench/models"
)

var spinner = Demo{
	Name:       "spinner",
	Doc:        "A bar turns beside a slow function that takes 3 s and returns 42",
	needsTasks: "a bar that is started would have to end before the slow function could begin",
	words: map[string]string{
		"coroutine": "The bar is a task. It is cancelled where it sleeps, wipes its line and ends.",
		"threads":   "The bar is a thread. Nobody can cancel a thread: cancelling sets a flag, at which it looks before each frame.",
		"goroutine": "The bar is a goroutine. Cancelling closes a channel on which its sleep also waits.",
	},
	play: playSpinner,
}

const (
	frameTime = 100 * time.Millisecond
	slowTime  = 3 * time.Second
)

func playSpinner(s *Stage) error {
	return s.Model.Run(func(main models.Task) error {
		s.say("spinner: %s", object(s.Model))
		bar := main.Start("spinner", func(t models.Task) error { return turn(s, t) })
		answer, err := slow(s, main)
		bar.Cancel()
		if stopped := bar.Join(main); models.Failed(stopped) {
			err = errors.Join(err, stopped)
		}
		if err != nil {
			return err
		}
		s.say("Answer: %d", answer)
		return nil
	})
}

// object tells what the bar is before it is started.
func object(m models.Model) string {
	switch traits := m.Traits(); {
	case traits.ThreadEach:
		return `<thread "spinner", not started>`
	case traits.OneThread:
		return `<task "spinner", pending>`
	default:
		return `<goroutine "spinner", not started>`
	}
}

func slow(s *Stage, t models.Task) (int, error) {
	if err := t.Sleep(s.scaled(slowTime)); err != nil {
		return 0, err
	}
	return 42, nil
}

// turn draws until it is cancelled. On a terminal each frame takes the place
// of the one before, and the last is wiped.
func turn(s *Stage, t models.Task) error {
	const frames, text = `|/-\`, " thinking!"
	before, after := "", "\n"
	if s.Terminal {
		before, after = "\r", ""
		defer s.write("\r" + strings.Repeat(" ", 1+len(text)) + "\r")
	}
	for i := 0; !t.Cancelled(); i++ {
		s.write(fmt.Sprintf("%s%c%s%s", before, frames[i%len(frames)], text, after))
		if err := t.Sleep(s.scaled(frameTime)); err != nil {
			return err
		}
	}
	return nil
}
