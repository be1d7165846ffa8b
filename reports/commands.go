package reports

import (
	"fmt"
	"slices"
	"strings"

	"concbench/internal/terminal"
	"concbench/results"
)

// rerun is the command that measures a cell again, and only that: with the
// profile from which it came, and always with its scale, since a profile may have
// the cell at several.
func (d *data) rerun(c *cellData) string {
	words := []string{"bench", "run"}
	if d.run.Profile != "" {
		words = append(words, "-profile", d.run.Profile)
	}
	words = append(words, "-workload", c.Workload, "-model", c.Arm())
	for _, p := range c.Params {
		words = append(words, "-param", p.Name+"="+p.Value)
	}
	return d.variables() + shell(append(words, "-scale", fmt.Sprint(c.scale)))
}

// resume is the command that finishes a run that was stopped.
func (d *data) resume(dir string) string {
	return d.variables() + shell([]string{"bench", "run", "-resume", dir})
}

// variables are what stands before a command so that it measures with the Go
// variables of this run: "GOGC=400 ", and nothing if they were as usual.
func (d *data) variables() string {
	text := ""
	for _, o := range d.run.Machine.Oddities() {
		if slices.Contains([]string{"GOGC", "GOMEMLIMIT", "GODEBUG"}, o.Name) {
			text += o.Name + "=" + shell([]string{o.Value}) + " "
		}
	}
	return text
}

// shell writes words so that a shell reads them as they are.
func shell(words []string) string { return terminal.Shell(words...) }

// paramText writes parameters as people read them: "via=yield cpu=same".
func paramText(params results.Params) string {
	words := make([]string, len(params))
	for i, p := range params {
		words[i] = p.Name + "=" + p.Value
	}
	return strings.Join(words, " ")
}
