// Command bench-trial is the process of one trial. The command bench starts it
// for every cell of a run, and once as a page server for the downloads; it is
// no use by itself. It stands apart from bench so that plotting, HTML and
// command-line packages cost a trial nothing.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"concbench/internal/pages"
	"concbench/measure/protocol"
	"concbench/measure/trial"
	"concbench/models/registry"
	"concbench/workloads"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == protocol.ServeArgument {
		if err := serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench-trial:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(trial.Worker{Workloads: workloads.All, NewModel: registry.New}.Main())
}

// serve serves pages on a free port of the loopback, says on out where, and
// ends with in: so it never outlives the run that started it.
func serve(in io.Reader, out io.Writer) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("find a port for the page server: %w", err)
	}
	if _, err := fmt.Fprintln(out, l.Addr()); err != nil {
		return fmt.Errorf("say where the page server is: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		// The end of the input is what counts, not how it came.
		_, _ = io.Copy(io.Discard, in)
		cancel()
	}()
	return pages.Serve(ctx, l)
}
