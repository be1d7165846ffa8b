package compare

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
	"golang.org/x/perf/benchmath"
	"golang.org/x/perf/benchproc"

	"concbench/results"
)

// Options say what is compared with what.
type Options struct {
	// ByModel makes a column of each model and a table of each run. Otherwise a
	// run is a column.
	ByModel bool
	// Filter keeps only some results, in the language of benchstat's -filter;
	// empty keeps all.
	Filter string
	// Alpha is the p-value below which a change is shown; 0 is 0.05.
	Alpha float64
}

// confidence is of the intervals of medians.
const confidence = 0.95

// Runs compares two runs and writes the tables to w. Each of before and after
// is the folder of a run or a file in the Go benchmark format. An error is one
// line that names the file, or says that the two have nothing in common.
func Runs(w io.Writer, before, after string, o Options) error {
	b, err := newBuilder(o)
	if err != nil {
		return err
	}
	for i, path := range []string{before, after} {
		if err := b.read(path, label(before, after, i)); err != nil {
			return err
		}
	}
	b.conditions = conditions(before, after)
	return b.print(w)
}

// label names a run by its path, and one that is compared with itself by its place.
func label(before, after string, i int) string {
	if before == after {
		return fmt.Sprintf("%s#%d", before, i)
	}
	return [2]string{before, after}[i]
}

// A builder collects results into tables.
type builder struct {
	byModel                        bool
	filter                         *benchproc.Filter
	tableBy, rowBy, colBy, residue *benchproc.Projection
	unit                           *benchproc.Field
	thresholds                     benchmath.Thresholds
	reader                         benchfmt.Reader // one for both runs, so that units declared otherwise are noticed
	tables                         map[benchproc.Key]*table
	warnings                       []string
	conditions                     []string // in what the runs were made in different ways
}

func newBuilder(o Options) (*builder, error) {
	b := &builder{byModel: o.ByModel, thresholds: benchmath.DefaultThresholds, tables: map[benchproc.Key]*table{}}
	if o.Alpha != 0 {
		b.thresholds.CompareAlpha = o.Alpha
	}
	if !(o.Alpha >= 0 && o.Alpha <= 1) {
		return nil, fmt.Errorf("alpha %v: want a probability between 0 and 1", o.Alpha)
	}
	query := o.Filter
	if query == "" {
		query = "*"
	}
	var err error
	if b.filter, err = benchproc.NewFilter(query); err != nil {
		line, _, _ := strings.Cut(err.Error(), "\n") // a drawing of where follows
		return nil, fmt.Errorf("filter %q: %s; try /model:threads", query, line)
	}
	tables, columns := ".config", ".file"
	if o.ByModel {
		tables, columns = ".file,.config", "/model"
	}
	var parser benchproc.ProjectionParser
	if b.tableBy, b.unit, err = parser.ParseWithUnit(tables, b.filter); err != nil {
		return nil, fmt.Errorf("tables by %s: %w", tables, err)
	}
	if b.rowBy, err = parser.Parse(".fullname", b.filter); err != nil {
		return nil, fmt.Errorf("rows by name: %w", err)
	}
	if b.colBy, err = parser.Parse(columns, b.filter); err != nil {
		return nil, fmt.Errorf("columns by %s: %w", columns, err)
	}
	b.residue = parser.Residue()
	return b, nil
}

// read adds the results of a run.
func (b *builder) read(path, label string) error {
	f, err := open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	b.reader.Reset(f, path, ".file", label)
	count := 0
	for b.reader.Scan() {
		switch r := b.reader.Result().(type) {
		case *benchfmt.SyntaxError:
			b.warnings = append(b.warnings, r.Error())
		case *benchfmt.Result:
			count++
			if !finite(r) {
				b.warnings = append(b.warnings, fmt.Sprintf("%s: %s has a value that is no number, and is left out", path, r.Name))
				continue
			}
			if ok, err := b.filter.Apply(r); ok {
				b.add(r)
			} else if err != nil {
				b.warnings = append(b.warnings, err.Error())
			}
		}
	}
	if err := b.reader.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if count == 0 {
		return fmt.Errorf("%s holds no benchmark results: is it the folder of a run, or a file like %s?", path, results.BenchFile)
	}
	return nil
}

// finite reports whether all values are numbers: the U-test never ends on a NaN.
func finite(r *benchfmt.Result) bool {
	return !slices.ContainsFunc(r.Values, func(v benchfmt.Value) bool {
		return math.IsNaN(v.Value) || math.IsInf(v.Value, 0)
	})
}

func open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	if info.IsDir() {
		file := filepath.Join(path, results.BenchFile)
		if _, err := os.Stat(file); err != nil {
			return nil, fmt.Errorf("compare: no %s in %s: is it the folder of a run? try: bench report %s", results.BenchFile, path, path)
		}
		path = file
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	return f, nil
}
