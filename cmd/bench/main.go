package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"

	"concbench/measure"
)

// init holds the main goroutine, which starts the trials, to the thread whose
// number is that of the process: renice, taskset and chrt change that thread, and a
// trial inherits from the one that starts it.
func init() { runtime.LockOSThread() }

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main with its surroundings as arguments. It returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := interruptible()
	defer stop()
	root := newRoot()
	root.SetArgs(goStyle(args))
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "bench:", err)
	}
	return status(err)
}

// interruptible is a context that ends at the first signal to end. The second
// does what it does to any program: it kills. A hang-up that the parent has
// ignored, as nohup does, stays ignored.
func interruptible() (ctx context.Context, stop func()) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop = signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// newRoot makes the command with all its verbs.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "bench",
		Short: "Measure what coroutines, threads under a GIL and goroutines cost",
		Long: `bench runs the same workloads under a cooperative loop (asyncio, re-created),
operating-system threads under a global interpreter lock (CPython's threading,
re-created), goroutines, and one thing after another; it measures switching,
memory and latency, checks that the work was done, and draws the result.

Exit status: 0 done, 1 failed, 2 wrong use, 130 interrupted (resume with
bench run -resume).`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchVerb,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%s; see: %s -help", plainly(err), cmd.CommandPath())}
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newList(), newRun(), newReport(), newCompare(), newDemo(), newServe(), newDoctor(), newClimb(), newVersion())
	return root
}

func noSuchVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{fmt.Errorf("no verb %q; see: bench -help", args[0])}
}

// A usageError is the user's mistake on the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// status is the exit status for a verb's error.
func status(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		return 2
	case errors.Is(err, measure.ErrInterrupted), errors.Is(err, context.Canceled):
		return 130
	}
	return 1
}
