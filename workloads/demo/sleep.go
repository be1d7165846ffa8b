package demo

import (
	"time"

	"concbench/models"
)

var sleep = Demo{
	Name: "sleep",
	Doc:  "Two sleepers, one of 5 s and one of 3 s",
	words: map[string]string{
		"coroutine": "A sleeper is a task of the loop, and its sleep a timer of the loop: both wait in one thread.",
		"threads":   "A sleeper is a thread, which sleeps in the kernel with the interpreter lock released.",
		"goroutine": "A sleeper is a goroutine, and its sleep a timer of the Go runtime.",
		"serial":    "Starting a task means running it to its end, so the second sleeper begins when the first has woken.",
	},
	play: func(s *Stage) error {
		sleeper := func(number int, d time.Duration) func(models.Task) error {
			return func(t models.Task) error {
				s.say("sleeper %d: start", number)
				s.say("sleeper %d: sleeps for %.0f s", number, d.Seconds())
				if err := t.Sleep(s.scaled(d)); err != nil {
					return err
				}
				s.say("sleeper %d: end", number)
				return nil
			}
		}
		return s.Model.Run(func(main models.Task) error {
			first := main.Start("sleeper 1", sleeper(1, 5*time.Second))
			second := main.Start("sleeper 2", sleeper(2, 3*time.Second))
			return models.JoinAll(main, first, second)
		})
	},
}
