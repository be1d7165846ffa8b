package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"concbench/internal/files"
)

// RunName is the file of a run that tells what it is.
const RunName = "run.json"

// ErrNoRun is the error of a path at which there is no run that can be read.
var ErrNoRun = errors.New("not a run")

// Create makes the folder of a new run with its run.json, which is written
// whole or not at all. It refuses a folder that holds a run already.
func Create(dir string, run Run) error {
	if err := run.Check(); err != nil {
		return fmt.Errorf("new run: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of the run: %w", err)
	}
	path := filepath.Join(dir, RunName)
	data, err := json.MarshalIndent(run, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if data = fileSeal.put(data); len(data) > MaxRunFile {
		return fmt.Errorf("new run: its description has %d bytes, and at most %d are allowed: fewer rounds", len(data), MaxRunFile)
	}
	if err := writeNew(path, data); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: there is a run already: resume it, or choose another folder", dir)
	} else if err != nil {
		return fmt.Errorf("write the run: %w", err)
	}
	return syncDir(dir)
}

// openRun reads run.json of the run in dir, and returns its text as well. Its
// errors tell a missing folder, a folder that is no run, a damaged file and a run of
// another schema apart.
func openRun(dir string) (*Saved, []byte, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrNoRun, err)
	}
	if !info.IsDir() {
		return nil, nil, fmt.Errorf("%w: %s is %s; give the folder that holds %s", ErrNoRun, dir, files.Kind(info), RunName)
	}
	path := filepath.Join(dir, RunName)
	f, err := files.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%w: %s has no %s", ErrNoRun, dir, RunName)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrNoRun, err)
	}
	defer f.Close()
	data, err := files.ReadAll(f, path, MaxRunFile)
	if err != nil {
		return nil, nil, fmt.Errorf("read the run: %w", err)
	}
	run, sum, err := parseRun(data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Saved{Run: run, sum: sum}, data, nil
}

// parseRun reads run.json, and returns its checksum if its schema has one.
func parseRun(data []byte) (*Run, string, error) {
	var version struct {
		Schema int `json:"schema"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return nil, "", fmt.Errorf("damaged, or not of concbench: %w", err)
	}
	var sum string
	switch version.Schema {
	case 0:
		return nil, "", fmt.Errorf("%w of concbench: it has no schema", ErrNoRun)
	case firstSchema:
	case Schema:
		var err error
		if data, sum, err = fileSeal.take(data); err != nil {
			return nil, "", fmt.Errorf("damaged, or changed by hand: %w: put back a copy, if there is one", err)
		}
	default:
		return nil, "", fmt.Errorf("a run of schema %d; this concbench reads schemas %d to %d: use the version that made it", version.Schema, firstSchema, Schema)
	}
	var run Run
	if err := decode(data, &run); err != nil {
		return nil, "", fmt.Errorf("damaged: %w", err)
	}
	return &run, sum, run.check()
}

// Check tells whether the run can be carried out, and read again: it is within
// the limits, the plan is numbered in order, and all it speaks of is described.
func (run *Run) Check() error {
	if run.Schema != Schema {
		return fmt.Errorf("schema %d, want %d", run.Schema, Schema)
	}
	return run.check()
}

func (run *Run) check() error {
	if err := run.limits(); err != nil {
		return err
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
