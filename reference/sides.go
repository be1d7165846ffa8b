package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

//go:embed *.py
var scripts embed.FS

// The two sides that are compared.
const (
	cpython = iota
	emulation
	sideCount
)

var sideNames = [sideCount]string{"cpython", "emulation"}

// A side makes the command that runs a program.
type side func(ctx context.Context, program string, args []string) (*exec.Cmd, error)

func sides(python, self string) [sideCount]side {
	return [sideCount]side{
		cpython: func(ctx context.Context, program string, args []string) (*exec.Cmd, error) {
			source, err := scripts.ReadFile(program + ".py")
			return exec.CommandContext(ctx, python, append([]string{"-c", string(source)}, args...)...), err
		},
		emulation: func(ctx context.Context, program string, args []string) (*exec.Cmd, error) {
			return exec.CommandContext(ctx, self, append([]string{emulateVerb, program}, args...)...), nil
		},
	}
}

// patience is the longest that one process may take. The slowest needs a few seconds.
const patience = time.Minute

// measure runs a cell's program once and reads the JSON object that it prints.
func (s side) measure(ctx context.Context, c *cell) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd, err := s(ctx, c.program, c.args)
	if err != nil {
		return nil, err
	}
	output, err := cmd.Output()
	if err != nil {
		return nil, explain(ctx, err)
	}
	var got sample
	if err := json.Unmarshal(output, &got); err != nil {
		return nil, fmt.Errorf("its output %q: %w", output, err)
	}
	for _, m := range c.metrics {
		if got[m.name] <= 0 {
			return nil, fmt.Errorf("its output %q: want a number above 0 for %s", output, m.name)
		}
	}
	return got, nil
}

// explain adds the last line of a failed process's standard error.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(exit.Stderr)), "\n")
	return fmt.Errorf("%w: %s", err, lines[len(lines)-1])
}
