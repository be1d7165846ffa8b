package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestStatus: wrong use is 2, what fails is 1, and each is one line that steers no terminal.
func TestStatus(t *testing.T) {
	shouter := filepath.Join(t.TempDir(), "shouter")
	if err := os.WriteFile(shouter, []byte("#!/bin/sh\nprintf 'red \\033[31mwords'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"-rounds", "many"}, 2, "many"},
		{[]string{"-rounds", "0"}, 2, "at least one round"},
		{[]string{"now"}, 2, "want no arguments"},
		{[]string{"-nonesuch\x1b[31m"}, 2, "nonesuch"},
		{[]string{"-only", "("}, 2, "-only"},
		{[]string{"-only", "no such cell"}, 2, "matches no cell"},
		{[]string{"-python", filepath.Join(t.TempDir(), "none")}, 1, "CPython 3.11"},
		{[]string{"-python", shouter}, 1, "red"},
	} {
		var out, errs bytes.Buffer
		status := status(context.Background(), c.args, &out, &errs)
		line := errs.String()
		if status != c.status || !strings.Contains(line, c.want) || strings.Count(line, "\n") != 1 || strings.Contains(line, "\x1b") || out.Len() > 0 {
			t.Errorf("%q: status %d, %q, %q; want %d and one line with %q", c.args, status, line, &out, c.status, c.want)
		}
	}
	var out, errs bytes.Buffer
	if status := status(context.Background(), []string{"-help"}, &out, &errs); status != 0 || errs.Len() > 0 || !strings.Contains(out.String(), "-rounds") {
		t.Errorf("-help: status %d, %q, %q", status, &out, &errs)
	}
}
