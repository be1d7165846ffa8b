package buildinfo

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"concbench"
)

// TestSourceHoldsWhatATrialLinks compares the embedded text with the packages
// that the linker takes: a new folder must not stay outside the digest.
func TestSourceHoldsWhatATrialLinks(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-f", `{{if not .Standard}}{{if .Module.Main}}{{$d := .ImportPath}}{{range .GoFiles}}{{$d}}/{{.}} {{end}}{{end}}{{end}}`, "concbench/cmd/bench-trial")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	files := strings.Fields(string(out))
	if len(files) < 100 {
		t.Fatalf("go list names only %d files of the worker: %s", len(files), out)
	}
	for _, file := range append(files, "concbench/go.mod", "concbench/go.sum") {
		if _, err := fs.Stat(concbench.Source, strings.TrimPrefix(file, "concbench/")); err != nil {
			t.Errorf("not in the digest: %v", err)
		}
	}
}

func TestDigest(t *testing.T) {
	tree := func(edit func(fstest.MapFS)) fstest.MapFS {
		files := fstest.MapFS{"a.go": {Data: []byte("a")}, "b/b.go": {Data: []byte("b")}, "a_test.go": {Data: []byte("t")}}
		edit(files)
		return files
	}
	of := func(files fstest.MapFS) string {
		text, err := digest(files)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	base := of(tree(func(fstest.MapFS) {}))
	if again := of(tree(func(fstest.MapFS) {})); again != base {
		t.Errorf("one tree has two digests, %s and %s", base, again)
	}
	if other := of(tree(func(f fstest.MapFS) { f["a_test.go"].Data = []byte("u") })); other != base {
		t.Error("a changed test changes the digest")
	}
	for name, edit := range map[string]func(fstest.MapFS){
		"changed text":  func(f fstest.MapFS) { f["b/b.go"].Data = []byte("c") },
		"new file":      func(f fstest.MapFS) { f["c.go"] = &fstest.MapFile{} },
		"renamed file":  func(f fstest.MapFS) { f["c.go"] = f["a.go"]; delete(f, "a.go") },
		"moved text":    func(f fstest.MapFS) { f["a.go"].Data, f["b/b.go"].Data = nil, []byte("ab") },
		"one file less": func(f fstest.MapFS) { delete(f, "a.go") },
	} {
		if of(tree(edit)) == base {
			t.Errorf("%s: the digest stays", name)
		}
	}
}

// TestTwoBinariesOfOneTree builds the digest into programs of two copies of the
// tree, with a version control stamp, without one and without their paths, and
// once more after a change that no stamp shows.
func TestTwoBinariesOfOneTree(t *testing.T) {
	first, second := copyOf(t, "one"), copyOf(t, "another folder")
	for name, c := range map[string]struct {
		dir   string
		flags []string
	}{
		"stamped":   {first, []string{"-buildvcs=true"}},
		"unstamped": {first, []string{"-buildvcs=false"}},
		"trimmed":   {second, []string{"-buildvcs=false", "-trimpath"}},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "stamped" {
				commit(t, c.dir)
			}
			if got := treeOf(t, c.dir, c.flags...); got != Tree() {
				t.Errorf("tree %s, want that of this test, %s", got, Tree())
			}
		})
	}
	changed := filepath.Join(second, "models", "model.go")
	text, err := os.ReadFile(changed)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(changed, append(text, "// changed\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := treeOf(t, second, "-buildvcs=false"); got == Tree() {
		t.Error("a changed tree has the same digest")
	}
}

// copyOf writes the embedded source to a new folder, with a program that prints its tree.
func copyOf(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.CopyFS(dir, concbench.Source); err != nil {
		t.Fatal(err)
	}
	const program = "package main\n\nimport \"concbench/internal/buildinfo\"\n\nfunc main() { print(buildinfo.Tree()) }\n"
	printer := filepath.Join(dir, "printer")
	if err := os.Mkdir(printer, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(printer, "main.go"), []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func commit(t *testing.T, dir string) {
	t.Helper()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git: no stamped build can be made")
	}
	for _, args := range []string{"init -q", "add -A", "-c user.name=n -c user.email=e commit -q -m c"} {
		cmd := exec.Command(git, strings.Fields(args)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
}

func treeOf(t *testing.T, dir string, flags ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "printer")
	cmd := exec.Command("go", append(append([]string{"build"}, flags...), "-o", program, "./printer")...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build in %s: %v\n%s", path.Base(dir), err, out)
	}
	out, err := exec.Command(program).CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
