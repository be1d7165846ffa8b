package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"

	"concbench/internal/terminal"
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
	out, errs := terminal.NewWriter(stdout), terminal.NewWriter(stderr)
	err := execute(ctx, goStyle(args), out, errs)
	for _, e := range parts(err) {
		fmt.Fprintln(errs, "bench:", terminal.Line(e.Error()))
	}
	return status(err)
}

func execute(ctx context.Context, args []string, out, errs *terminal.Writer) error {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	addOwnVerbs(root, args)
	// Before cobra, which shows the help to whoever asks for that of a verb that does not exist.
	if _, err := findVerb(root, args); err != nil && !isCompletion(args) {
		return err
	}
	return root.ExecuteContext(ctx)
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

Exit status:
  0    done
  1    failed: what was typed was right and could not be done, or a trial has
       no number
  2    wrong use: what was typed cannot be right, be it a verb, a flag, a value,
       or a path at which there is not what is wanted
  130  interrupted: bench run -resume finishes the run`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              noSuchVerb,
		PersistentPreRunE: noEmptyFlags,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%s; see: %s -help", plainly(err), cmd.CommandPath())}
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newList(), newRun(), newReport(), newCompare(), newDemo(), newServe(), newDoctor(), newClimb(), newVersion())
	return root
}
