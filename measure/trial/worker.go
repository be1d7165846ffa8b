package trial

import (
	"errors"
	"fmt"
	"io"
	"os"

	"concbench/measure/protocol"
	"concbench/models"
	"concbench/workloads"
)

// A Worker can carry out the trials of these workloads under the models that
// NewModel makes.
type Worker struct {
	Workloads []workloads.Workload
	NewModel  func(name, options string) (models.Model, error)
}

// Main is the worker program with these arguments: it serves pages or tells its
// identity if it is told to, and otherwise runs the one trial that the runner asks for on
// standard input. It returns the exit status of the process. What it has to say
// that is not part of the protocol goes to standard error.
func (w Worker) Main(args []string) int {
	var err error
	messages := os.NewFile(protocol.OutputFD, "messages")
	switch {
	case len(args) == 1 && args[0] == protocol.ServeArgument:
		err = serve(os.Stdin, os.Stdout)
	case len(args) == 1 && args[0] == protocol.IdentityArgument:
		_, err = fmt.Println(protocol.Identity(w.Workloads))
	case !isPipe(messages):
		fmt.Fprintln(os.Stderr, "bench-trial runs one trial for its runner, and there is none: use bench run")
		return 2
	default:
		err = w.Run(os.Stdin, messages)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench-trial:", err)
		return 1
	}
	return 0
}

// isPipe is false without a runner: the descriptor is closed then, or one of
// the Go runtime's own.
func isPipe(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeNamedPipe != 0
}

// Run speaks one trial's side of the protocol. An error means that the runner
// could not be understood or reached; whatever befalls the workload is in the record.
func (w Worker) Run(in io.Reader, out io.Writer) error {
	runner := newLink(in, out)
	if err := runner.send(protocol.Message{Hello: protocol.Build(w.Workloads)}); err != nil {
		return err
	}
	var spec protocol.Spec
	switch err := runner.receive(&spec); {
	case errors.Is(err, io.EOF):
		return nil // The runner has seen a build that it does not want.
	case err != nil:
		return err
	}
	record := w.carryOut(spec, runner)
	return runner.send(protocol.Message{Record: &record})
}
