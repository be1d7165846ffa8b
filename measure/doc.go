// Package measure carries out a run: it makes the plan, starts a fresh process
// for every trial of it, watches that process from outside, and has each record
// on disk before the next trial starts.
//
// A run goes like this:
//
//	plan, err := measure.NewPlan("bench", measure.Options{Seed: 7})
//	runner := measure.Runner{Plan: plan, Dir: "bench-out/today"}
//	summary, err := runner.Run(ctx)
//
// and, if it was interrupted, like this:
//
//	runner, err := measure.Resume("bench-out/today")
//	summary, err := runner.Run(ctx)
//
// # The plan
//
// A [Profile] is a table: which workloads with which parameters under which
// models. Its cells are run in rounds. All models of one set of parameters run
// one after another, in an order from a Williams design. After any number of
// rounds, each model has stood in each place equally often, give or take one.
// It has followed each other model equally often after whole designs only: n
// rounds for an even number n of models, and 2n for an odd one. What stands
// beside what changes from round to round. Slow cells run in
// some of the rounds only, and may stand in the others with their durations
// scaled down, as cells of their own. One seed decides everything.
//
// Behind the planned rounds stand rounds in reserve, a quarter as many. One is
// measured only when fewer rounds are clean than an answer needs; package noise
// decides that, from what the machine did and from nothing that was measured.
//
// # A trial
//
// Each trial is a process of its own, in a process group of its own, with a
// short list of environment variables, held to one processor if the cell says
// cpu=same, and killed with its group at its deadline. The runner reads the
// child's memory when asked, and otherwise waits without doing anything: no
// progress is drawn while a trial runs.
//
// # Trouble
//
// A trial that crashes, hangs, cheats or cannot be run costs one cell and is
// recorded as such. One that a signal from outside ended is recorded too, and tried
// again when the run is resumed, up to three times in all. [ErrRecord], a record that
// cannot be written or is not where it will be read, ends the run at once; so does the
// end of the context, which is [ErrInterrupted]. Both leave a run that can be read, and
// resumed, in the folder that the summary names.
//
// It draws nothing, computes no statistics, and knows no model.
package measure
