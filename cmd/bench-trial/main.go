// Command bench-trial is the process of one trial. The command bench starts it
// for every cell of a run, and once as a page server for the downloads; it is
// no use by itself. It stands apart from bench so that plotting, HTML and
// command-line packages cost a trial nothing.
package main

import (
	"os"

	"concbench/measure/trial"
	"concbench/models/registry"
	"concbench/workloads"
)

func main() {
	os.Exit(trial.Worker{Workloads: workloads.All, NewModel: registry.New}.Main(os.Args[1:]))
}
