package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"concbench/models/threads"
	"concbench/models/threads/limits"
)

// mostClimbers bounds doctor -climb: more threads than Linux can tell apart.
const mostClimbers = 1 << 22

// A summit is what a climbing process prints.
type summit struct {
	Threads int           `json:"threads"`
	Limit   *limits.Error `json:"limit,omitempty"`
}

// newClimb is the verb of the process that climbs for doctor, apart from all
// others, since the Go runtime ends a process to which the kernel refuses a thread.
func newClimb() *cobra.Command {
	var most int
	climb := &cobra.Command{
		Use:    "climb",
		Short:  "Start threads until a limit forbids one more; used by doctor -climb",
		Hidden: true,
		Args:   arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			reached, limit, err := threads.Climb(cmd.Context(), most)
			if err != nil {
				return err
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(summit{reached, limit})
		},
	}
	climb.Flags().IntVar(&most, "most", 1, "stop at so many")
	return climb
}

// climbSymptom runs a climbing process and says how far it got, and why no further.
func climbSymptom(ctx context.Context, most int) symptom {
	self, err := os.Executable()
	if err != nil {
		return symptom{caution, "threads at once", err.Error()}
	}
	child := exec.CommandContext(ctx, self, "climb", "-most", fmt.Sprint(most))
	child.Args[0] = os.Args[0]
	output, err := child.Output()
	var top summit
	if err == nil {
		err = json.Unmarshal(output, &top)
	}
	if err != nil {
		return symptom{caution, "threads at once", "the process that started them ended early: " + lastWords(err)}
	}
	return top.symptom()
}

func (s summit) symptom() symptom {
	what := fmt.Sprintf("%d threads at once", s.Threads)
	if s.Limit == nil {
		return symptom{well, what + ", as many as asked for", ""}
	}
	return symptom{caution, what, fmt.Sprintf("%s is %d (%s): %s", s.Limit.Limit, s.Limit.Value, s.Limit.File, s.Limit.Try)}
}

// lastWords are an error, with the first line that its process has written to
// standard error: the Go runtime says there what was refused.
func lastWords(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err.Error()
	}
	first, _, _ := bytes.Cut(bytes.TrimSpace(exit.Stderr), []byte("\n"))
	return strings.TrimSuffix(fmt.Sprintf("%v: %s", err, first), ": ")
}
