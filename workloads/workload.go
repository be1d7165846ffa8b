package workloads

import (
	"io"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"concbench/models"
	"concbench/results"
)

// A Workload is one thing to do, written once against package models. It is a
// row of All: its name, its parameters, what it measures, how to run it and how
// to know that it was done.
type Workload struct {
	Name    string
	Doc     string // one sentence: what is done
	Params  []ParamDef
	Metrics []results.Metric

	// Supports says why the workload cannot run under a model with these
	// parameters, and is nil if it can. A nil function means always.
	Supports func(name string, traits models.Traits, p Params) error

	// Expect derives the ledger from the parameters alone, without running
	// the workload.
	Expect func(t *Trial) (results.Work, error)

	// Run does the work once and records what it did and measured in t.
	Run func(t *Trial) error

	// NeedsPages says that Trial.Pages must be the address of a page server,
	// unless there are Trial.URLs.
	NeedsPages bool

	// Paced says that Trial.Pace must be known.
	Paced bool

	// Typical is about how long one trial takes, for planning and deadlines.
	Typical func(name string, p Params, scale float64) time.Duration
}

// A ParamDef declares a parameter.
type ParamDef struct {
	Name    string
	Default string
	Doc     string             // meaning and unit
	Check   func(string) error // nil accepts anything
}

// A Trial is what a workload sees of the process it runs in. A workload calls
// Measure exactly once.
type Trial struct {
	Model  models.Model
	Params Params
	Scale  float64 // of real durations
	Seed   uint64
	Pace   time.Duration // of an item of computing, the same in all trials of a run; see MeasurePace
	Pages  string        // address of the page server, for Download
	URLs   []string      // real sites instead of the page server
	Output io.Writer     // where a workload that shows something writes

	Probe Probe

	Work       results.Work // the ledger, filled while working
	Values     map[string]float64
	Histograms map[string]*hdrhistogram.Histogram // nanoseconds
}

// A Probe is how a trial is measured: package measure gives the real one, a
// test may give its own.
type Probe interface {
	// Begin and End stand around the measured part.
	Begin()
	End()
	// Elapsed is the time between Begin and End, or since Begin.
	Elapsed() time.Duration
	// CPU is the processor time that this process has taken since Begin, or
	// between Begin and End.
	CPU() time.Duration
	// KernelSwitches counts this process's context switches since Begin, voluntary and not.
	KernelSwitches() int64
	// Memory asks a process outside to read what this one holds now. The
	// caller's thread blocks until that is done.
	Memory(label string) (results.Memory, error)
}

// Measure runs main as the model's first task, as the measured part of the trial.
func (t *Trial) Measure(main func(models.Task) error) error {
	t.Probe.Begin()
	defer t.Probe.End()
	return t.Model.Run(main)
}

// measureTasks runs n tasks together, as the measured part, and returns the time
// from the first start to the last join.
func (t *Trial) measureTasks(n int, name func(i int) string, body func(t models.Task, i int) error) (whole stretch, err error) {
	err = t.Measure(func(main models.Task) error {
		whole.from = time.Now()
		var handles []models.Handle
		for i := range n {
			handles = append(handles, main.Start(name(i), func(t models.Task) error { return body(t, i) }))
		}
		err := models.JoinAll(main, handles...)
		whole.to = time.Now()
		return err
	})
	return whole, err
}
