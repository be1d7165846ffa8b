package demo

import (
	"fmt"
	"io"
	"sync"
	"time"

	"concbench/models"
)

// A Stage is where a demo plays. It serves one Run.
type Stage struct {
	Model    models.Model
	Out      io.Writer
	Terminal bool    // Out is a terminal, on which a line can be drawn again
	Scale    float64 // of all durations; 1 is real time
	Form     string  // of a demo that has several; empty for its default
	Pages    string  // address of the page server, for download

	begin time.Time
	mu    sync.Mutex // held while a line is written, never across a wait
	err   error      // the first of writing
}

// announce says what is about to be seen, and starts the stage's clock.
func (s *Stage) announce(d Demo) {
	title := fmt.Sprintf("%s, under %s", d.Doc, s.Model.Name())
	if o := s.Model.Options(); o != "" {
		title += " (" + o + ")"
	}
	if s.Scale != 1 {
		title += fmt.Sprintf(", all durations times %v", s.Scale)
	}
	s.write(title + "\n")
	if words := d.words[s.Model.Name()]; words != "" {
		s.write(words + "\n")
	}
	s.begin = time.Now()
}

// say writes a line with the seconds since the beginning before it.
func (s *Stage) say(format string, args ...any) {
	s.write(fmt.Sprintf("%6.2f s  ", time.Since(s.begin).Seconds()) + fmt.Sprintf(format, args...) + "\n")
}

func (s *Stage) write(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := io.WriteString(s.Out, text); err != nil && s.err == nil {
		s.err = fmt.Errorf("writing: %w", err)
	}
}

// scaled is d on the stage's clock.
func (s *Stage) scaled(d time.Duration) time.Duration {
	return time.Duration(float64(d) * s.Scale)
}
