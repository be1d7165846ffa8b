package demo

import (
	"time"

	"concbench/models"
)

var clock = Demo{
	Name: "clock",
	Doc:  "The date, every second for five seconds",
	words: map[string]string{
		"coroutine": "One task, which hands the thread back to the loop for each second.",
		"threads":   "One thread, which sleeps in the kernel.",
		"goroutine": "One goroutine, woken by the Go runtime.",
		"serial":    "There is one task only, so that nothing is missing here.",
	},
	play: func(s *Stage) error {
		return s.Model.Run(func(main models.Task) error {
			for range 5 {
				s.say("%s", time.Now().Format(time.DateTime))
				if err := main.Sleep(s.scaled(time.Second)); err != nil {
					return err
				}
			}
			return nil
		})
	},
}
