package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
)

// askVersion prints the version, and whether there is an interpreter lock: since 3.13 there
// are builds without one.
const askVersion = `
import json, platform, sys
print(json.dumps({
    "name": platform.python_implementation(),
    "version": platform.python_version(),
    "new": sys.version_info >= (3, 11),
    "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
}))`

// pythonVersion tells the version of a CPython that is fit to compare with. The error says
// what is wrong with it and what to do.
func pythonVersion(ctx context.Context, python string) (string, error) {
	const remedy = "grading compares with the lock of CPython 3.11 or later; install one, or name it with -python. " +
		"Tests and benchmarks need none"
	output, err := exec.CommandContext(ctx, python, "-c", askVersion).Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w; %s", python, err, remedy)
	}
	var has struct {
		Name, Version string
		New, GIL      bool
	}
	if err := json.Unmarshal(output, &has); err != nil {
		return "", fmt.Errorf("%s answers %q: %w; %s", python, output, err, remedy)
	}
	if has.Name != "CPython" || !has.New || !has.GIL {
		return "", fmt.Errorf("%s is %s %s (interpreter lock: %v); %s", python, has.Name, has.Version, has.GIL, remedy)
	}
	return has.Version, nil
}
