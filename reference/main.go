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
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "reference:", err)
		}
		os.Exit(1)
	}
}

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
	flags := flag.NewFlagSet("reference", flag.ContinueOnError)
	flags.SetOutput(stderr)
	rounds := flags.Int("rounds", 7, "how often each cell is run on each side")
	only := flags.String("only", "", "only the cells that match this regular expression")
	python := flags.String("python", "python3", "the CPython to compare with")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 || *rounds < 1 {
		return errors.New("want no arguments, and at least one round; see -help")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	chosen, err := choose(cells(self), *only)
	if err != nil {
		return err
	}
	version, err := pythonVersion(ctx, *python)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%d rounds of %d cells, a minute a round for all of them\n", *rounds, len(chosen))
	fmt.Fprintf(stdout, "goos: %s\ngoarch: %s\npkg: concbench/reference\npython: %s\ngo: %s\ncpus: %d\ndate: %s\n",
		runtime.GOOS, runtime.GOARCH, version, runtime.Version(), runtime.NumCPU(), time.Now().Format(time.DateOnly))
	if err := grade(ctx, sides(*python, self), chosen, *rounds, stdout); err != nil {
		return err
	}
	return writeTable(stdout, chosen)
}

// choose gives the cells whose names match.
func choose(all []*cell, only string) ([]*cell, error) {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return nil, fmt.Errorf("-only: %w", err)
	}
	var chosen []*cell
	for _, c := range all {
		if pattern.MatchString(c.name) {
			chosen = append(chosen, c)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("-only %q matches no cell", only)
	}
	return chosen, nil
}
