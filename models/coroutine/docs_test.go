package coroutine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const asyncioPage = "../../docs/asyncio.md"

// documented are the packages whose names docs/asyncio.md uses, by directory.
var documented = map[string]string{
	".":          "",
	"generator":  "generator.",
	"streams":    "streams.",
	"subprocess": "subprocess.",
}

// docs/asyncio.md has a place for every name of asyncio, and what it promises
// instead exists: the Go names, and the examples.
func TestTheAsyncioPage(t *testing.T) {
	rows := tableRows(t)
	declared, examples := declarations(t)
	mapped := map[string]bool{}
	for _, row := range rows {
		for _, name := range quoted(row[0]) {
			mapped[name] = true
		}
		for _, name := range quoted(row[1]) {
			if ours(name) && !declared[name] {
				t.Errorf("%s: there is no %s in Go", row[0], name)
			}
		}
		for _, name := range quoted(row[2]) {
			if !examples[name] {
				t.Errorf("%s: there is no example %s", row[0], name)
			}
		}
	}
	names, err := os.ReadFile("testdata/asyncio_names.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(names)) {
		if !mapped[name] {
			t.Errorf("asyncio's %s is not on the page", name)
		}
	}
}

// tableRows are the rows of four cells: asyncio, Go, example, difference.
func tableRows(t *testing.T) (rows [][]string) {
	text, err := os.ReadFile(asyncioPage)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if strings.HasPrefix(line, "|") && len(cells) == 4 {
			rows = append(rows, cells)
		}
	}
	if len(rows) < 50 {
		t.Fatalf("%s has only %d rows", asyncioPage, len(rows))
	}
	return rows
}

var inQuotes = regexp.MustCompile("`([^`]+)`")

func quoted(cell string) (names []string) {
	for _, m := range inQuotes.FindAllStringSubmatch(cell, -1) {
		names = append(names, m[1])
	}
	return names
}

var ourName = regexp.MustCompile(`^((generator|streams|subprocess)\.)?[A-Z]\w*(\.[A-Z]\w*)?$`)

func ours(name string) bool { return ourName.MatchString(name) }

// declarations are the exported names of the documented packages, methods as
// Type.Method, and their examples.
func declarations(t *testing.T) (declared, examples map[string]bool) {
	declared, examples = map[string]bool{}, map[string]bool{}
	for dir, prefix := range documented {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() && path != dir {
				return fs.SkipDir
			}
			if !strings.HasSuffix(path, ".go") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, d := range file.Decls {
				if strings.HasSuffix(path, "_test.go") {
					note(examples, "", d)
				} else {
					note(declared, prefix, d)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return declared, examples
}

// heirs have the methods of an unexported type.
var heirs = map[string][]string{"promise": {"Future", "Task", "TaskOf"}, "Task": {"TaskOf"}, "Handle": {"Timer"}}

func note(names map[string]bool, prefix string, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names[prefix+d.Name.Name] = true
			return
		}
		owner := receiver(d.Recv.List[0].Type)
		for _, o := range append(heirs[owner], owner) {
			names[prefix+o+"."+d.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names[prefix+s.Name.Name] = true
				noteFields(names, prefix+s.Name.Name, s.Type)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names[prefix+n.Name] = true
				}
			}
		}
	}
}

func noteFields(names map[string]bool, owner string, e ast.Expr) {
	var fields []*ast.Field
	switch e := e.(type) {
	case *ast.StructType:
		fields = e.Fields.List
	case *ast.InterfaceType:
		fields = e.Methods.List
	}
	for _, f := range fields {
		for _, n := range f.Names {
			names[owner+"."+n.Name] = true
		}
	}
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
