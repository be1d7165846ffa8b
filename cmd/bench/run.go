package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"concbench/internal/terminal"
	"concbench/measure"
	"concbench/results"
)

// runFlags are what the user asked of bench run.
type runFlags struct {
	profile string
	out     string
	resume  string
	urls    string
	params  []string
	options measure.Options
}

func newRun() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run workloads under models, and draw the result",
		Long: `run makes a plan from a profile, runs each trial of it in a fresh process,
checks that the work was done, and writes to OUT/<time>/, with OUT/latest
pointing there: run.json, trials.jsonl, bench.txt (for benchstat), charts as
PNG and SVG, and report.html.

Every record is on disk before the next trial starts. After Ctrl-C what was
measured is kept, and -resume finishes the same plan. If something else used the
machine in so many rounds that fewer than 6 are clean, up to a quarter more are measured.`,
		Example: `  bench run -workload Sleep -scale 0.01 -rounds 1 -seed 7
  bench run -workload Switch -model coroutine -model goroutine -param via=yield -rounds 3
  bench run -profile quick -workload Download -scale 0.01
  bench run -resume bench-out/latest`,
		Args: arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			f.options.Command = append([]string{"bench"}, os.Args[1:]...)
			if f.options.Seed == 0 {
				f.options.Seed = uint64(rand.Uint32())
			}
			return f.run(cmd)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.profile, "profile", "bench", "what to run: quick, bench or full; see bench list")
	flags.StringArrayVar(&f.options.Workloads, "workload", nil, "only this workload; may be given again")
	flags.StringArrayVar(&f.options.Models, "model", nil, "only this model, such as threads, or with options threads/gil=off; may be given again")
	flags.StringArrayVar(&f.params, "param", nil, "fix a parameter of the workloads that have it: NAME=VALUE; may be given again")
	flags.IntVar(&f.options.Rounds, "rounds", 0, "how often each cell is run, each time in a fresh process (default: the profile's)")
	flags.Float64Var(&f.options.Scale, "scale", 0, "multiplies real durations, 0.0001 to 100; shown beside every number (default: the profile's)")
	flags.Uint64Var(&f.options.Seed, "seed", 0, "of every random choice (default: a new one, kept in run.json)")
	flags.StringVar(&f.out, "out", "bench-out", "folder for results")
	flags.StringVar(&f.resume, "resume", "", "finish the interrupted run in this folder; takes its plan from there")
	flags.StringVar(&f.urls, "urls", "", "file with one http or https address a line, for Download instead of the page server")
	return cmd
}

// check refuses flags that say what a plan is beside -resume, which has one,
// and values that are none: a zero stands for the profile's own only where
// nothing is written.
func (f *runFlags) check(cmd *cobra.Command) error {
	if f.resume == "" {
		return f.checkZero(cmd)
	}
	var beside []string
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if flag.Name != "resume" {
			beside = append(beside, "-"+flag.Name)
		}
	})
	if len(beside) > 0 {
		return usageError{fmt.Errorf("-resume takes everything from the run in %s: leave out %s", f.resume, strings.Join(beside, ", "))}
	}
	return nil
}

func (f *runFlags) checkZero(cmd *cobra.Command) error {
	switch {
	case f.options.Rounds == 0 && cmd.Flags().Changed("rounds"):
		return usageError{errors.New("-rounds 0: want at least 1; leave it out for the profile's own")}
	case f.options.Scale == 0 && cmd.Flags().Changed("scale"):
		return usageError{errors.New("-scale 0: want 0.0001 to 100; leave it out for the profile's own")}
	}
	return nil
}

func (f *runFlags) run(cmd *cobra.Command) error {
	stderr := screen(cmd.ErrOrStderr())
	runner, err := f.runner()
	if err != nil {
		return err
	}
	for _, warning := range runner.Warnings {
		fmt.Fprintln(stderr, "bench: warning:", terminal.Line(warning))
	}
	planned, left := runner.Due(), runner.Left()
	fmt.Fprintf(stderr, "%d trials into %s, about %s, seed %d\n", left, terminal.Line(runner.Dir), round(runner.Estimate()), runner.Plan.Seed)
	for _, line := range runner.Conditions() {
		fmt.Fprintln(stderr, terminal.Line(line))
	}
	bar := newProgress(stderr, planned-left, planned)
	runner.Progress = bar
	summary, err := runner.Run(cmd.Context())
	bar.finish()
	if !isRun(runner.Dir) && summary.Done == 0 {
		return errors.Join(explain(err, summary), removeUnused(runner.Dir))
	}
	if summary.Done == 0 || errors.Is(err, results.ErrFewer) {
		return explain(err, summary)
	}
	return errors.Join(explain(err, summary), conclude(cmd, runner.Plan, summary))
}

// runner is a new one, or one that takes up an interrupted run.
func (f *runFlags) runner() (*measure.Runner, error) {
	if f.resume != "" {
		runner, err := measure.Resume(f.resume)
		if errors.Is(err, results.ErrNoRun) {
			return nil, usageError{fmt.Errorf("-resume: %w", err)}
		}
		return runner, err
	}
	var err error
	if f.options.URLs, err = readURLs(f.urls); err != nil {
		return nil, err
	}
	plan, err := f.plan()
	if err == nil {
		err = plan.Check()
	}
	if err != nil {
		return nil, usageError{err}
	}
	dir, err := newDir(f.out, plan.Start)
	if err != nil {
		return nil, err
	}
	return &measure.Runner{Plan: plan, Dir: dir}, nil
}

// plan is the profile with what the user asked for, under models that there are.
func (f *runFlags) plan() (plan results.Run, err error) {
	if f.options.Params, err = keyValues(f.params); err != nil {
		return plan, err
	}
	for _, arm := range f.options.Models {
		name, _, _ := strings.Cut(arm, "/")
		if err := checkName(name); err != nil {
			return plan, err
		}
	}
	f.options.Traits = traits
	return measure.NewPlan(f.profile, f.options)
}
