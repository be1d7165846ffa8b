package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"time"

	"concbench/internal/terminal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(status(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// status runs the command and returns its exit status: 0 done, 1 failed, 2 wrong
// use. What another program has said steers no terminal.
func status(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	out, errs := terminal.NewWriter(stdout), terminal.NewWriter(stderr)
	err := run(ctx, args, out, errs)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintln(errs, "reference:", terminal.Line(err.Error()))
	if _, mistaken := errors.AsType[usageError](err); mistaken {
		return 2
	}
	return 1
}

// A usageError says that what was typed cannot be right.
type usageError struct{ error }

// run is main with its surroundings as arguments. With a verb as its first argument, this
// process is one that is measured, or the peer of one.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 {
		switch args[0] {
		case emulateVerb:
			return emulate(args[1:], stdout)
		case peerVerb:
			return answer(0, 1)
		}
	}
	rounds, only, python, err := options(args, stdout)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	chosen, err := choose(cells(self), only)
	if err != nil {
		return err
	}
	version, err := pythonVersion(ctx, python)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%d rounds of %d cells, a minute a round for all of them\n", rounds, len(chosen))
	fmt.Fprintf(stdout, "goos: %s\ngoarch: %s\npkg: concbench/reference\npython: %s\ngo: %s\ncpus: %d\ndate: %s\n",
		runtime.GOOS, runtime.GOARCH, version, runtime.Version(), runtime.NumCPU(), time.Now().Format(time.DateOnly))
	if err := grade(ctx, sides(python, self), chosen, rounds, stdout); err != nil {
		return err
	}
	return writeTable(stdout, chosen)
}

// options reads the arguments. The error is flag.ErrHelp when the help was asked for, and printed.
func options(args []string, stdout io.Writer) (rounds int, only, python string, err error) {
	flags := flag.NewFlagSet("reference", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.IntVar(&rounds, "rounds", 7, "how often each cell is run on each side")
	flags.StringVar(&only, "only", "", "only the cells that match this regular expression")
	flags.StringVar(&python, "python", "python3", "the CPython to compare with")
	switch err = flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		flags.SetOutput(stdout)
		flags.Usage()
	case err != nil:
		err = usageError{fmt.Errorf("%w; see -help", err)}
	case flags.NArg() > 0 || rounds < 1:
		err = usageError{errors.New("want no arguments, and at least one round; see -help")}
	}
	return rounds, only, python, err
}

// choose gives the cells whose names match.
func choose(all []*cell, only string) ([]*cell, error) {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return nil, usageError{fmt.Errorf("-only: %w", err)}
	}
	var chosen []*cell
	for _, c := range all {
		if pattern.MatchString(c.name) {
			chosen = append(chosen, c)
		}
	}
	if len(chosen) == 0 {
		return nil, usageError{fmt.Errorf("-only %q matches no cell", only)}
	}
	return chosen, nil
}
