package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"concbench/results"
)

func newReport() *cobra.Command {
	return &cobra.Command{
		Use:   "report RUN",
		Short: "Draw a run again from what is on disk",
		Long: `report reads run.json and trials.jsonl in the folder RUN, prints the summary,
and writes bench.txt, the charts and report.html there. It runs nothing, and it
reads partial runs as well.`,
		Example: "  bench report bench-out/latest",
		Args:    arguments("RUN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			run, records, cut, err := results.Open(dir)
			if err != nil {
				return err
			}
			if cut != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), "bench: warning:", cut)
			}
			if err := results.WriteBenchFile(dir, run, records); err != nil {
				return err
			}
			return draw(cmd.OutOrStdout(), dir, *run, records)
		},
	}
}
