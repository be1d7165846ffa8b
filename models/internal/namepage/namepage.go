// Package namepage tests a page of docs that gives each name of a Python module its name
// in Go, an example and the difference: such a page must not be written from memory.
//
// The page has tables with four columns: Python, Go, example, difference. Names stand in
// backquotes. Tables with other headings are passed over. A [Page] is right if each name that Python offers is in the first column,
// each Go name in the second exists, each example in the third runs, and each exported
// name of the Go packages is on the page.
package namepage

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A Page is a page with what it is held against. Paths are relative to the package that
// is under test.
type Page struct {
	File     string            // of the page
	Names    string            // file with Python's names, one per line
	Script   string            // Python program that prints these names
	Packages map[string]string // prefix of the names of each package, by directory
}

// Test reports each fault of the page.
func (p Page) Test(t *testing.T) {
	rows, err := tableRows(p.File)
	if err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadFile(p.Names)
	if err != nil {
		t.Fatal(err)
	}
	code, err := declarations(p.Packages)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range p.faults(rows, strings.Fields(string(names)), code) {
		t.Error(fault)
	}
}

// faults compares the rows with Python's names and with the code.
func (p Page) faults(rows [][]string, python []string, code names) (faults []string) {
	inPython, inGo := map[string]bool{}, map[string]bool{}
	for _, row := range rows {
		for _, name := range quoted(row[0]) {
			inPython[name] = true
		}
		for _, name := range quoted(row[1]) {
			inGo[name] = true
			if p.isOurs(name) && !code.declared[name] {
				faults = append(faults, fmt.Sprintf("%s: there is no %s in Go", row[0], name))
			}
		}
		for _, name := range quoted(row[2]) {
			if !code.examples[name] {
				faults = append(faults, fmt.Sprintf("%s: there is no example %s", row[0], name))
			}
		}
	}
	for _, name := range python {
		if !inPython[name] {
			faults = append(faults, fmt.Sprintf("Python's %s is not on the page", name))
		}
	}
	for _, name := range code.exported(p.Packages) {
		if !inGo[name] {
			faults = append(faults, fmt.Sprintf("our %s is not on the page", name))
		}
	}
	return faults
}

var goName = regexp.MustCompile(`^([a-z]+\.)?[A-Z]\w*(\.[A-Z]\w*)?$`)

// isOurs reports whether name is one of a package of the page.
func (p Page) isOurs(name string) bool {
	if !goName.MatchString(name) {
		return false
	}
	for _, prefix := range p.Packages {
		if prefix == "" || strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// tableRows are the rows of the tables whose third column is headed "example".
func tableRows(file string) (rows [][]string, err error) {
	text, err := os.ReadFile(file)
	inTable, ofNames := false, false
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "|") {
			inTable = false
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !inTable {
			inTable, ofNames = true, len(cells) == 4 && strings.TrimSpace(cells[2]) == "example"
		}
		if ofNames && len(cells) == 4 {
			rows = append(rows, cells)
		}
	}
	return rows, err
}

var inQuotes = regexp.MustCompile("`([^`]+)`")

func quoted(cell string) (names []string) {
	for _, m := range inQuotes.FindAllStringSubmatch(cell, -1) {
		names = append(names, m[1])
	}
	return names
}

// TestScript runs the script with CPython 3.11 and compares the names that it prints with
// the recorded ones. Without that Python it skips.
func (p Page) TestScript(t *testing.T) {
	version, err := exec.Command("python3", "-c", "import sys; print(sys.implementation.name, *sys.version_info[:2])").Output()
	if got := strings.TrimSpace(string(version)); err != nil || got != "cpython 3 11" {
		t.Skipf("the names are those of CPython 3.11; python3 is %q, %v", got, err)
	}
	printed, err := exec.Command("python3", "-I", p.Script).Output()
	if err != nil {
		t.Fatalf("%s: %v", p.Script, err)
	}
	recorded, err := os.ReadFile(p.Names)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Fields(string(recorded)), strings.Fields(string(printed))); diff != "" {
		t.Errorf("%s differs from what %s prints (- recorded, + printed):\n%s", p.Names, p.Script, diff)
	}
}
