package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// badPaths are things that are no run, no file of addresses and no file of
// results. To open or read some of them plainly would wait for ever.
func badPaths(t *testing.T) map[string]string {
	t.Helper()
	dir, err := os.MkdirTemp("", "b") // short: a socket's name may have 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := func(name string) string { return filepath.Join(dir, name) }
	unreadable := path("unreadable")
	for _, err := range []error{
		os.Mkdir(path("folder"), 0o755),
		os.WriteFile(path("blank"), nil, 0o644),
		os.WriteFile(unreadable, []byte("text"), 0),
		os.Mkdir(path("closed"), 0),
		unix.Mkfifo(path("pipe"), 0o644),
		os.Symlink(path("nowhere"), path("dangling")),
		os.Symlink(path("circle"), path("circle")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("unix", path("socket"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	bad := map[string]string{"missing": path("missing"), "empty": "", "a folder": path("folder"), "a blank file": path("blank"), "a pipe": path("pipe"),
		"a link to nothing": path("dangling"), "a link to itself": path("circle"), "a socket": path("socket"), "a device": "/dev/zero", "another device": "/dev/null",
		"too long": path(strings.Repeat("x", 300)), "under a file": filepath.Join(path("blank"), "x"), "with a zero byte": "a\x00b"}
	if os.Geteuid() != 0 { // who is root reads everything
		bad["not readable"], bad["not enterable"] = unreadable, path("closed")
	}
	return bad
}

// TestBadPaths gives every bad path to every flag and argument that takes one:
// each is told in one line, at once, as wrong use.
func TestBadPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	good := "good.txt"
	if err := os.WriteFile(good, []byte("BenchmarkX 1 2 sec/op\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for kind, path := range badPaths(t) {
		for name, args := range map[string][]string{
			"report RUN":  {"report", path},
			"-resume":     {"run", "-resume", path},
			"-urls":       {"run", "-workload", "Download", "-urls", path},
			"-out":        {"run", "-workload", "Sleep", "-out", path},
			"compare OLD": {"compare", path, good},
			"compare NEW": {"compare", good, path},
		} {
			if name == "-out" && (kind == "missing" || kind == "a folder") {
				continue // that is what it is for
			}
			var out, errs bytes.Buffer
			status, line := run(args, &out, &errs), ""
			line = errs.String()
			if status != 2 || strings.Count(line, "\n") != 1 || !strings.HasPrefix(line, "bench: ") || out.Len() > 0 {
				t.Errorf("%s is %s: status %d, %q, %q; want 2 and one line", name, kind, status, line, &out)
			}
			if kind == "empty" && !strings.Contains(line, "empty") {
				t.Errorf("%s is empty: %q does not say so", name, line)
			}
		}
	}
	if left, _ := filepath.Glob("*"); len(left) != 1 {
		t.Errorf("mistakes left %v behind", left)
	}
}
