package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"concbench/measure/trial"
	"concbench/models/registry"
	"concbench/workloads"
)

// The test binary is also the command and its worker.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"bench":       main,
		"bench-trial": func() { os.Exit(trial.Worker{Workloads: workloads.All, NewModel: registry.New}.Main(os.Args[1:])) },
	})
}
