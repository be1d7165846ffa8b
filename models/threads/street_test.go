package threads

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// street has the packages of this folder from the bottom up, as doc.go lists them. Each
// may use only those before it.
var street = []string{
	"internal/futex", "internal/kernel", "limits", "internal/gil", "internal/crew", "internal/socket",
	"threading", "queue", "futures", ".",
}

const path = "concbench/models/threads"

func TestImportsRunOneWay(t *testing.T) {
	for i, dir := range street {
		for file, imports := range importsOf(t, dir) {
			for _, imported := range imports {
				if slices.Contains(street[i:], imported) {
					t.Errorf("%s imports %s, which stands above it", file, imported)
				}
			}
		}
	}
}

// importsOf are the packages of the street that each file of dir imports, tests left out.
func importsOf(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(files), err)
	}
	imports := map[string][]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if rest, ok := strings.CutPrefix(name, path); ok {
				imports[file] = append(imports[file], strings.TrimPrefix("."+rest, "./"))
			}
		}
	}
	return imports
}

// Every package of this folder is on the street, and doc.go tells of each in this order.
func TestTheStreetIsWhole(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	rest := string(text)
	for _, dir := range street[:len(street)-1] {
		_, after, found := strings.Cut(rest, dir)
		if !found {
			t.Errorf("doc.go does not tell of %s, or not in this order", dir)
			continue
		}
		rest = after
	}
	for _, pattern := range []string{"*/*.go", "internal/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if dir := filepath.ToSlash(filepath.Dir(file)); !slices.Contains(street, dir) && dir != "fidelity" && dir != "internal/threadtest" {
				t.Errorf("%s is in no package of the street", file)
			}
		}
	}
}
