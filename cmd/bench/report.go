package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"concbench/internal/terminal"
	"concbench/results"
)

func newReport() *cobra.Command {
	var acceptLoss bool
	cmd := &cobra.Command{
		Use:   "report RUN",
		Short: "Draw a run again from what is on disk",
		Long: `report reads run.json and trials.jsonl in the folder RUN, prints the summary,
and writes bench.txt, the charts and report.html there. It runs nothing, and it
reads partial runs as well.

A report is never replaced by one of fewer records, and none is drawn of a
journal with damaged lines: what is there may be all that is left. With
-accept-loss it is, of the records that can be read.`,
		Example: "  bench report bench-out/latest\n  bench report -accept-loss bench-out/latest",
		Args:    arguments("RUN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return redraw(cmd, settled(args[0]), acceptLoss)
		},
	}
	cmd.Flags().BoolVar(&acceptLoss, "accept-loss", false, "draw what is left of a run that has lost records, over a report of more")
	return cmd
}

// redraw draws the run in dir from its files.
func redraw(cmd *cobra.Command, dir string, acceptLoss bool) error {
	saved, err := results.Open(dir)
	if errors.Is(err, results.ErrNoRun) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	warn := func(what any) {
		fmt.Fprintln(cmd.ErrOrStderr(), "bench: warning:", terminal.Line(fmt.Sprint(what)))
	}
	if saved.Cut != nil {
		warn(saved.Cut)
	}
	if err := lost(saved, dir); err != nil && !acceptLoss {
		return err
	} else if err != nil {
		warn(errors.Unwrap(err))
	}
	if err := results.WriteBenchFile(dir, saved.Run, saved.Records); err != nil {
		return err
	}
	return draw(cmd, dir, *saved.Run, saved.Records)
}

// lost is what a report of the records there are would leave out, and how to
// have it all the same.
func lost(saved *results.Saved, dir string) error {
	if err := saved.Lost(); err != nil {
		return fmt.Errorf("%w; to run those trials again: %s; to draw the rest: %s", err, bench("run", "-resume", dir), bench("report", "-accept-loss", dir))
	}
	if err := results.Fewer(dir, len(saved.Records)); err != nil {
		return fewer(err, dir)
	}
	return nil
}
