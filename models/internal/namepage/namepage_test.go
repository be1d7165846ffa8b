package namepage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const code = `package lib

type base struct{}

func (base) Close() {}

type Lock struct{ base }

func (l *Lock) Acquire() {}
func (l *Lock) hidden()  {}

type Box[T any] struct{ Value T }

type Timer struct{ *Lock }

const Forever = 1

func New() *Lock { return nil }
`

const examples = `package lib

func ExampleLock() {}

func TestLock() {}
`

// A page without a fault has none; each fault is told.
func TestFaults(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"lib.go": code, "lib_test.go": examples} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	right := "| Python | Go | example | difference |\n|---|---|---|---|\n" +
		"| `Lock`, `Lock.acquire` | `lib.Lock`, `lib.Lock.Acquire`, `lib.Lock.Close`, `lib.New`, `lib.Forever` | `ExampleLock` | none |\n" +
		"| `Box` | `lib.Box`, `lib.Box.Value` | | `os.ErrExist` is of another package |\n" +
		"| `Timer` | `lib.Timer` | | what a Lock lends is not asked for |\n"
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"right", right, nil},
		{"another table", right + "\n| a | b | c | d |\n|---|---|---|---|\n| `Box` | `lib.None` | `NoExample` | |\n", nil},
		{"a Go name that is not there", right + "| | `lib.Lock.Release` | | |\n", []string{"there is no lib.Lock.Release"}},
		{"an unexported method", right + "| | `lib.Lock.hidden` | | |\n", nil}, // no Go name of a user's
		{"an example that is not there", right + "| | | `ExampleNew`, `TestLock` | |\n", []string{"no example ExampleNew", "no example TestLock"}},
		{"left out", strings.Replace(right, ", `Lock.acquire`", "", 1), []string{"Python's Lock.acquire"}},
		{"an exported name left out", strings.Replace(right, ", `lib.Lock.Close`", "", 1), []string{"our lib.Lock.Close"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(dir, "page.md")
			if err := os.WriteFile(file, []byte("# A page\n\n"+c.page), 0o600); err != nil {
				t.Fatal(err)
			}
			p := Page{File: file, Packages: map[string]string{dir: "lib."}}
			rows, err := tableRows(p.File)
			if err != nil {
				t.Fatal(err)
			}
			declared, err := declarations(p.Packages)
			if err != nil {
				t.Fatal(err)
			}
			got := p.faults(rows, []string{"Lock", "Lock.acquire", "Box"}, declared)
			if len(got) != len(c.want) {
				t.Fatalf("faults %q, want %q", got, c.want)
			}
			for _, want := range c.want {
				if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, want) }) {
					t.Errorf("faults %q, want one with %q", got, want)
				}
			}
		})
	}
}

func TestAFolderWithoutCodeIsAnError(t *testing.T) {
	if _, err := declarations(map[string]string{t.TempDir(): ""}); err == nil {
		t.Error("no error")
	}
}
