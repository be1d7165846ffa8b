package demo

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Demo is one example.
type Demo struct {
	Name  string
	Doc   string   // one sentence: what one sees
	Forms []string // that Stage.Form may name, the default first; empty if there is one only

	NeedsPages bool // Stage.Pages must be the address of a page server

	// needsTasks says why the demo makes no sense where tasks run one after
	// another; empty if it does.
	needsTasks string

	// words say, for each model's name, what stands there for the example's
	// own means.
	words map[string]string

	play func(*Stage) error
}

// All are the demos, in the order in which lists show them.
var All = []Demo{sleep, download, sayAfter, clock, factorial, spinner, timeout}

// Find returns the demo of that name.
func Find(name string) (Demo, error) {
	for _, d := range All {
		if d.Name == name {
			return d, nil
		}
	}
	return Demo{}, fmt.Errorf("no demo %q; there are: %s", name, strings.Join(Names(), ", "))
}

// Names lists the demos.
func Names() []string {
	var names []string
	for _, d := range All {
		names = append(names, d.Name)
	}
	return names
}

// Run plays the demo on the stage. It returns the first error of a task, of
// the stage's settings or of writing.
func (d Demo) Run(s *Stage) error {
	if err := d.Check(s); err != nil {
		return err
	}
	s.announce(d)
	err := d.play(s)
	if err == nil {
		s.say("total")
	}
	if err = errors.Join(err, s.err); err != nil {
		return fmt.Errorf("demo %s under %s: %w", d.Name, s.Model.Name(), err)
	}
	return nil
}

// Check returns an error if the demo cannot play with the stage's settings. It
// does not look at Stage.Pages.
func (d Demo) Check(s *Stage) error {
	if err := d.fits(s); err != nil {
		return fmt.Errorf("demo %s: %w", d.Name, err)
	}
	return nil
}

func (d Demo) fits(s *Stage) error {
	if !(s.Scale > 0 && s.Scale <= 1000) {
		return fmt.Errorf("scale %v: want a factor above 0, up to 1000", s.Scale)
	}
	if s.Form == "" && len(d.Forms) > 0 {
		s.Form = d.Forms[0]
	}
	if s.Form != "" && !slices.Contains(d.Forms, s.Form) {
		if len(d.Forms) == 0 {
			return fmt.Errorf("form %q: it has one form only", s.Form)
		}
		return fmt.Errorf("form %q: want one of %s", s.Form, strings.Join(d.Forms, ", "))
	}
	if d.needsTasks != "" && !s.Model.Traits().Concurrent {
		return fmt.Errorf("%s: try another model than %s", d.needsTasks, s.Model.Name())
	}
	return nil
}
