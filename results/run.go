package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// RunName is the file of a run that tells what it is.
const RunName = "run.json"

// Create makes the folder of a new run with its run.json, which is written
// whole or not at all. It refuses a folder that holds a run already.
func Create(dir string, run Run) error {
	if err := run.check(); err != nil {
		return fmt.Errorf("new run: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of the run: %w", err)
	}
	path := filepath.Join(dir, RunName)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: there is a run already: resume it, or choose another folder", dir)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for a run: %w", err)
	}
	data, err := json.MarshalIndent(run, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := writeFile(path, append(data, '\n')); err != nil {
		return fmt.Errorf("write the run: %w", err)
	}
	return syncDir(dir)
}

// ReadRun reads run.json of the run in dir. Its errors tell a missing folder, a
// folder that is no run, a damaged file and a run of another schema apart.
func ReadRun(dir string) (*Run, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("open the run: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("open the run: %s is a file; give the folder that holds %s", dir, RunName)
	}
	path := filepath.Join(dir, RunName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is not a run of concbench: it has no %s", dir, RunName)
	}
	if err != nil {
		return nil, fmt.Errorf("open the run: %w", err)
	}
	run, err := parseRun(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return run, nil
}

func parseRun(data []byte) (*Run, error) {
	var version struct {
		Schema int `json:"schema"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return nil, fmt.Errorf("damaged, or not a run of concbench: %w", err)
	}
	if version.Schema == 0 {
		return nil, errors.New("not a run of concbench: it has no schema")
	}
	if version.Schema != Schema {
		return nil, fmt.Errorf("a run of schema %d; this concbench reads schema %d: use the version that made it", version.Schema, Schema)
	}
	var run Run
	if err := decode(data, &run); err != nil {
		return nil, fmt.Errorf("damaged: %w", err)
	}
	return &run, run.check()
}

// check tells whether the run can be carried out and read: the plan is numbered
// in order, and all it speaks of is described.
func (run *Run) check() error {
	if run.Schema != Schema {
		return fmt.Errorf("schema %d, want %d", run.Schema, Schema)
	}
	known := map[string]bool{}
	for _, w := range run.Workloads {
		known[w.Name] = true
	}
	for i, p := range run.Plan {
		if p.Seq != i {
			return fmt.Errorf("trial %d of the plan has the number %d", i, p.Seq)
		}
		if p.Round < 0 || !(p.Scale > 0) {
			return fmt.Errorf("trial %d of the plan: round %d and scale %v; want 0 or more, and more than 0", i, p.Round, p.Scale)
		}
		if i > 0 && run.Plan[i-1].Reserve && !p.Reserve {
			return fmt.Errorf("trial %d of the plan stands behind trials in reserve", i)
		}
		if !known[p.Cell.Workload] {
			return fmt.Errorf("trial %d of the plan: the run does not describe the workload %q", i, p.Cell.Workload)
		}
	}
	return nil
}

// writeFile replaces the file at path by one that holds data, in one step.
func writeFile(path string, data []byte) error {
	return renameio.WriteFile(path, data, 0o644, renameio.WithTempDir(filepath.Dir(path)))
}
