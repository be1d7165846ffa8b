package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"concbench/measure"
	"concbench/reports"
	"concbench/results"
)

// conclude draws what there is. A run in which a trial has no number is an error.
func conclude(w io.Writer, run results.Run, summary measure.Summary) error {
	if err := draw(w, summary.Dir, run, summary.Records); err != nil {
		return drawAgain(err, summary.Dir)
	}
	return withoutNumber(summary)
}

// draw writes the charts and the page of the run in dir, prints the summary and
// says where the page is.
func draw(w io.Writer, dir string, run results.Run, records []results.Record) error {
	if err := reports.Build(dir, run, records); err != nil {
		return err
	}
	if err := reports.Text(w, run, records); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\nReport: %s\n", filepath.Join(dir, reports.PageName))
	return err
}

// drawAgain adds to an error in drawing that nothing has to be measured again.
func drawAgain(err error, dir string) error {
	return fmt.Errorf("%w; the measurements are safe, and this draws them again: bench report %s", err, dir)
}

// withoutNumber is an error if any trial that could have run has no number, or
// if none has one.
func withoutNumber(s measure.Summary) error {
	bad := 0
	var ends []string
	for _, status := range slices.Sorted(maps.Keys(s.ByStatus)) {
		if n := s.ByStatus[status]; n > 0 && status != results.OK && status != results.Skipped {
			bad += n
			ends = append(ends, fmt.Sprintf("%d %s", n, status))
		}
	}
	if skipped := s.ByStatus[results.Skipped]; s.ByStatus[results.OK] == 0 {
		if skipped > 0 {
			ends = append(ends, fmt.Sprintf("%d %s", skipped, results.Skipped))
		}
		return fmt.Errorf("none of %d trials has a number: %s; the report says why", s.Done, strings.Join(ends, ", "))
	}
	if bad == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d trials have no number: %s; the report says which and why", bad, s.Done, strings.Join(ends, ", "))
}

// explain adds what to do next to the errors that end a run early.
func explain(err error, s measure.Summary) error {
	switch {
	case errors.Is(err, measure.ErrInterrupted):
		return fmt.Errorf("%w; to finish it: bench run -resume %s", err, s.Dir)
	case errors.Is(err, measure.ErrRecord) && s.Partial():
		return fmt.Errorf("%w; then: bench run -resume %s", err, s.Dir)
	case errors.Is(err, measure.ErrRecord):
		return drawAgain(err, s.Dir)
	}
	return err
}
