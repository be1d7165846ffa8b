package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"concbench/internal/terminal"
	"concbench/measure"
	"concbench/reports"
	"concbench/results"
)

// conclude draws what there is. A run in which a trial has no number is an error.
func conclude(cmd *cobra.Command, run results.Run, summary measure.Summary) error {
	if err := draw(cmd, summary.Dir, run, summary.Records); err != nil {
		return drawAgain(err, summary.Dir)
	}
	return withoutNumber(summary)
}

// draw writes the charts and the page of the run in dir, prints the summary and
// says where the page is.
func draw(cmd *cobra.Command, dir string, run results.Run, records []results.Record) error {
	before, err := os.Stat(dir)
	if err != nil {
		return err
	}
	err = patiently(cmd.ErrOrStderr(), fmt.Sprintf("bench: drawing %d records", len(records)), func() error {
		return reports.Build(dir, run, records)
	})
	if err != nil {
		return err
	}
	// Files are written by name. One that has led elsewhere meanwhile has the report of another run.
	if after, err := os.Stat(dir); err != nil || !os.SameFile(before, after) {
		return fmt.Errorf("%s was moved or replaced while the report was drawn", dir)
	}
	if err := reports.Text(cmd.OutOrStdout(), run, records); err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "\nReport: %s\n", terminal.Line(filepath.Join(dir, reports.PageName)))
	return err
}

// drawAgain adds to an error in drawing that nothing has to be measured again.
func drawAgain(err error, dir string) error {
	return fmt.Errorf("%w; the measurements are safe, and this draws them again: %s", err, bench("report", dir))
}

// bench is a command for pasting. A folder whose name looks like a flag is
// written so that it is none.
func bench(words ...string) string {
	last := &words[len(words)-1]
	if len(*last) > 0 && (*last)[0] == '-' {
		*last = "." + string(filepath.Separator) + *last
	}
	return terminal.Shell(append([]string{"bench"}, words...)...)
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
	var err error
	switch {
	case s.ByStatus[results.OK] == 0:
		if skipped := s.ByStatus[results.Skipped]; skipped > 0 {
			ends = append(ends, fmt.Sprintf("%d %s", skipped, results.Skipped))
		}
		err = fmt.Errorf("none of %d trials has a number: %s; the report says why", s.Done, strings.Join(ends, ", "))
	case bad > 0:
		err = fmt.Errorf("%d of %d trials have no number: %s; the report says which and why", bad, s.Done, strings.Join(ends, ", "))
	}
	if s.Again > 0 && !s.Partial() {
		err = fmt.Errorf("%w; %d of them ended from outside, and this tries them again: %s", err, s.Again, bench("run", "-resume", s.Dir))
	}
	return err
}

// explain adds what to do next to each error that ends a run early.
func explain(err error, s measure.Summary) error {
	var all []error
	for _, e := range parts(err) {
		all = append(all, explainOne(e, s))
	}
	return errors.Join(all...)
}

func explainOne(err error, s measure.Summary) error {
	moved, _ := errors.AsType[*results.MovedError](err)
	switch {
	case errors.Is(err, measure.ErrInterrupted):
		return fmt.Errorf("%w; to finish it: %s", err, bench("run", "-resume", s.Dir))
	case errors.Is(err, results.ErrFewer):
		return fewer(err, s.Dir)
	case moved != nil && moved.Err != nil:
		return err
	case errors.Is(err, measure.ErrRecord) && s.Partial():
		return fmt.Errorf("%w; then: %s", err, bench("run", "-resume", s.Dir))
	case errors.Is(err, measure.ErrRecord):
		return drawAgain(err, s.Dir)
	}
	return err
}

// fewer tells how to draw a report of what is left over one of more.
func fewer(err error, dir string) error {
	return fmt.Errorf("%w; to draw what is left all the same: %s", err, bench("report", "-accept-loss", dir))
}
