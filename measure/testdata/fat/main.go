// Command fat is the worker with everything linked that the command bench
// needs besides: what a re-executed bench would be as a trial. A benchmark
// compares the two.
package main

import (
	"os"

	"github.com/spf13/cobra"

	"concbench/measure/trial"
	"concbench/models/registry"
	_ "concbench/reports"
	"concbench/workloads"
)

func main() {
	worker := trial.Worker{Workloads: workloads.All, NewModel: registry.New}
	command := cobra.Command{Run: func(*cobra.Command, []string) { os.Exit(worker.Main(os.Args[1:])) }}
	if err := command.Execute(); err != nil {
		os.Exit(2)
	}
}
