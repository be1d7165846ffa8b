package main

import (
	"errors"

	"github.com/spf13/cobra"

	"concbench/reports/compare"
)

func newCompare() *cobra.Command {
	var o compare.Options
	cmd := &cobra.Command{
		Use:   "compare OLD NEW",
		Short: "Set two runs side by side, as benchstat does",
		Long: `compare reads bench.txt of two runs (folders, or files in the Go benchmark
format) and prints medians with intervals, the change, and the p-value of a
Mann-Whitney U-test; "~" means that the change may be noise. First it says in
which settings the runs differ, and what disturbed them. Two runs are two
sessions: prefer the comparisons inside one run, which the report draws.

Runs of two machines, a laptop and a server, are set side by side without
p-values: medians, intervals, and the ratio of the medians.`,
		Example: `  bench compare bench-out/before bench-out/latest
  bench compare -by-model bench-out/before bench-out/latest
  bench compare -filter .name:Sleep bench-out/before bench-out/latest`,
		Args: arguments("OLD", "NEW"),
		RunE: func(cmd *cobra.Command, args []string) error {
			err := compare.Runs(cmd.OutOrStdout(), args[0], args[1], o)
			if _, mistaken := errors.AsType[compare.InputError](err); mistaken {
				return named(err)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&o.ByModel, "by-model", false, "a table of each run with a column for each model")
	cmd.Flags().StringVar(&o.Filter, "filter", "", "keep only some results, in the language of benchstat's -filter: \".name:Switch\"")
	return cmd
}
