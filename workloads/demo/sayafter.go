package demo

import (
	"time"

	"concbench/models"
)

var sayAfter = Demo{
	Name:  "say-after",
	Doc:   "One word after 1 s and another after 2 s",
	Forms: []string{"tasks", "sequential"},
	words: map[string]string{
		"coroutine": "With form=tasks each word has a task of the loop; with form=sequential one task awaits them in turn.",
		"threads":   "With form=tasks each word has a thread of its own; with form=sequential one thread says both.",
		"goroutine": "With form=tasks each word has a goroutine; with form=sequential one goroutine says both.",
		"serial":    "Starting a task means running it to its end: both forms take 3 s.",
	},
	play: func(s *Stage) error {
		after := func(t models.Task, d time.Duration, word string) error {
			if err := t.Sleep(s.scaled(d)); err != nil {
				return err
			}
			s.say("%s", word)
			return nil
		}
		sequential := func(main models.Task) error {
			if err := after(main, time.Second, "hello"); err != nil {
				return err
			}
			return after(main, 2*time.Second, "world")
		}
		tasks := func(main models.Task) error {
			hello := main.Start("hello", func(t models.Task) error { return after(t, time.Second, "hello") })
			world := main.Start("world", func(t models.Task) error { return after(t, 2*time.Second, "world") })
			return models.JoinAll(main, hello, world)
		}
		say := tasks
		if s.Form == "sequential" {
			say = sequential
		}
		return s.Model.Run(func(main models.Task) error {
			s.say("started at %s", time.Now().Format(time.TimeOnly))
			if err := say(main); err != nil {
				return err
			}
			s.say("finished at %s", time.Now().Format(time.TimeOnly))
			return nil
		})
	},
}
