package main

import (
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"concbench/measure/trial"
	"concbench/models/registry"
	"concbench/workloads"
)

// The test binary is also the command and its worker.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"stubborn":    stubborn,
		"bench":       main,
		"bench-trial": func() { os.Exit(trial.Worker{Workloads: workloads.All, NewModel: registry.New}.Main(os.Args[1:])) },
	})
}

// stubborn does not end at the first signal.
func stubborn() {
	ctx, stop := interruptible()
	defer stop()
	os.Stdout.WriteString("ready\n")
	<-ctx.Done()
	os.Stdout.WriteString("signalled\n")
	time.Sleep(time.Hour)
}
