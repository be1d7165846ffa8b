package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"concbench/models/registry"
	"concbench/workloads/demo"
)

func newDemo() *cobra.Command {
	var model, options string
	stage := &demo.Stage{}
	cmd := &cobra.Command{
		Use:   "demo NAME",
		Short: "Watch an example live under a chosen model",
		Long: `demo shows one of the examples that readers of asyncio articles know, in real
time, written once and run under the model that you choose. It measures nothing.

` + demoNames(),
		Example: `  bench demo sleep -scale 0.01
  bench demo download -model serial -scale 0.01
  bench demo factorial -model threads -scale 0.01
  bench demo say-after -form sequential -scale 0.01
  bench demo spinner -model goroutine -scale 0.1`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{fmt.Errorf("demo: which one? there are: %s", strings.Join(demo.Names(), ", "))}
			}
			return arguments("NAME")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := demo.Find(args[0])
			if err != nil {
				return usageError{err}
			}
			if stage.Model, err = newModel(model, options); err != nil {
				return usageError{err}
			}
			light(stage, cmd.OutOrStdout())
			if err := d.Check(stage); err != nil {
				return usageError{err}
			}
			return play(cmd.Context(), d, stage)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&model, "model", "coroutine", "run it under: "+strings.Join(registry.Names(), ", "))
	flags.StringVar(&options, "options", "", "of the model, such as gil=off")
	flags.Float64Var(&stage.Scale, "scale", 1, "multiplies the durations")
	flags.StringVar(&stage.Form, "form", "", "which form of the example, where it has several")
	return cmd
}

// light has the stage on w. What is drawn on a terminal goes back to the start of
// its line, which a screen does not let through; no text in it is from outside.
func light(stage *demo.Stage, w io.Writer) {
	stage.Out = w
	if s := screen(w); s.IsTerminal() {
		stage.Out, stage.Terminal = s.Raw(), true
	}
}

func demoNames() string {
	var b strings.Builder
	for _, d := range demo.All {
		fmt.Fprintf(&b, "  %-10s %s", d.Name, d.Doc)
		if len(d.Forms) > 0 {
			fmt.Fprintf(&b, "; -form %s", strings.Join(d.Forms, " or "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
