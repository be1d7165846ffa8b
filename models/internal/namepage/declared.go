package namepage

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// names are those that some packages declare: functions, types, constants and variables
// with the prefix of their package; methods and fields as Type.Name.
type names struct {
	declared  map[string]bool
	inherited map[string]bool // those of them that an exported type has, too
	examples  map[string]bool
	embeds    map[string][]string // the embedded types of each struct
}

// exported are the declared names that the page has to have, in order: not the methods of
// unexported types, and not those that another exported type lends.
func (n names) exported(prefixes map[string]string) (all []string) {
	for name := range n.declared {
		owner, _, method := cutLast(name)
		if n.inherited[name] {
			continue
		}
		if !method || n.declared[owner] || slices.Contains(slices.Collect(maps.Values(prefixes)), owner+".") {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func cutLast(name string) (before, after string, found bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

// declarations reads the packages in the directories; prefixes are by directory.
func declarations(prefixes map[string]string) (names, error) {
	n := names{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string][]string{}}
	for dir, prefix := range prefixes {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err == nil && len(files) == 0 {
			err = &os.PathError{Op: "read", Path: dir, Err: os.ErrNotExist}
		}
		if err != nil {
			return n, err
		}
		for _, path := range files {
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return n, err
			}
			for _, d := range file.Decls {
				if strings.HasSuffix(path, "_test.go") {
					noteExample(n.examples, d)
				} else {
					n.note(prefix, d)
				}
			}
		}
	}
	n.inherit()
	return n, nil
}

func noteExample(examples map[string]bool, d ast.Decl) {
	if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Example") {
		examples[f.Name.Name] = true
	}
}

func (n names) note(prefix string, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			n.add(prefix, d.Name.Name)
		} else {
			n.add(prefix, typeName(d.Recv.List[0].Type)+"."+d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				n.add(prefix, s.Name.Name)
				n.noteFields(prefix, s.Name.Name, s.Type)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					n.add(prefix, name.Name)
				}
			}
		}
	}
}

// add leaves out the unexported methods and fields, and keeps the exported ones of
// unexported types, which other types may embed.
func (n names) add(prefix, name string) {
	if _, last, _ := cutLast(name); ast.IsExported(last) {
		n.declared[prefix+name] = true
	}
}

func (n names) noteFields(prefix, owner string, e ast.Expr) {
	var fields []*ast.Field
	switch e := e.(type) {
	case *ast.StructType:
		fields = e.Fields.List
	case *ast.InterfaceType:
		fields = e.Methods.List
	}
	for _, f := range fields {
		for _, name := range f.Names {
			n.add(prefix, owner+"."+name.Name)
		}
		if len(f.Names) == 0 {
			n.embeds[prefix+owner] = append(n.embeds[prefix+owner], prefix+typeName(f.Type))
		}
	}
}

// inherit gives each type the methods and fields of the types that it embeds, as often as
// that adds something.
func (n names) inherit() {
	for added := true; added; {
		added = false
		for heir, bases := range n.embeds {
			for _, base := range bases {
				for name := range n.declared {
					rest, ok := strings.CutPrefix(name, base+".")
					if own := heir + "." + rest; ok && !n.declared[own] {
						n.declared[own], added = true, true
						n.inherited[own] = n.declared[base]
					}
				}
			}
		}
	}
}

// typeName is the name of a type without its package, star and parameters.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// Exported are the exported names of the packages in the directories, which give the
// prefixes of these names, without those that one exported type lends another.
func Exported(prefixes map[string]string) ([]string, error) {
	n, err := declarations(prefixes)
	if err != nil {
		return nil, err
	}
	return n.exported(prefixes), nil
}
