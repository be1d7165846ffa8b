package compare

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/perf/benchfmt"
	"golang.org/x/perf/benchmath"
	"golang.org/x/perf/benchproc"
)

// An InputError says that what was given cannot be what was meant, whatever the
// runs hold: a path at which there is no run, or an option that has no meaning.
type InputError struct{ error }

// Unwrap returns the error as it is told.
func (e InputError) Unwrap() error { return e.error }

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
// line that names the file, or tells what differs between two runs that have
// nothing in common.
func Runs(w io.Writer, before, after string, o Options) error {
	b, err := collect(before, after, o)
	if err != nil {
		return err
	}
	return b.print(w)
}

// collect reads two runs into tables.
func collect(before, after string, o Options) (*builder, error) {
	if !(o.Alpha >= 0 && o.Alpha <= 1) {
		return nil, InputError{fmt.Errorf("alpha %v: want a probability between 0 and 1", o.Alpha)}
	}
	filter, err := newFilter(o.Filter)
	if err != nil {
		return nil, err
	}
	var reader benchfmt.Reader // one for both runs, so that units declared otherwise are noticed
	p := pair{old: &side{label: "old", path: before}, new: &side{label: "new", path: after}}
	for _, s := range p.sides() {
		if err := s.read(&reader, filter); err != nil {
			return nil, err
		}
	}
	p.judge()
	b, err := newBuilder(o, p)
	if err != nil {
		return nil, err
	}
	b.units = benchfmt.UnitMetadataMap(reader.Units())
	for _, s := range p.sides() {
		for _, r := range s.results {
			b.add(r)
		}
	}
	return b, nil
}

func newFilter(query string) (*benchproc.Filter, error) {
	if query == "" {
		query = "*"
	}
	filter, err := benchproc.NewFilter(query)
	if err != nil {
		line, _, _ := strings.Cut(err.Error(), "\n") // a drawing of where follows
		return nil, InputError{fmt.Errorf("filter %q: %s; try /model:threads", query, line)}
	}
	return filter, nil
}

// A builder collects results into tables.
type builder struct {
	pair
	byModel                        bool
	tableBy, rowBy, colBy, residue *benchproc.Projection
	unit                           *benchproc.Field
	units                          benchfmt.UnitMetadataMap
	thresholds                     benchmath.Thresholds
	tables                         map[benchproc.Key]*table
	seen                           [kinds]int // comparisons, by what they found
}

func newBuilder(o Options, p pair) (*builder, error) {
	b := &builder{pair: p, byModel: o.ByModel, thresholds: benchmath.DefaultThresholds, tables: map[benchproc.Key]*table{}}
	if o.Alpha != 0 {
		b.thresholds.CompareAlpha = o.Alpha
	}
	tables, columns := ".config", ".file"
	if o.ByModel {
		tables, columns = ".file,.config", "/model"
	}
	every, err := benchproc.NewFilter("*")
	if err != nil {
		return nil, fmt.Errorf("filter: %w", err)
	}
	var parser benchproc.ProjectionParser
	// What a projection names is no longer part of .config: so settings in which
	// the runs differ do not put them into different tables.
	if len(p.differing) > 0 {
		if _, err := parser.Parse(quoted(p.differing), every); err != nil {
			return nil, fmt.Errorf("settings %q: %w", p.differing, err)
		}
	}
	if b.tableBy, b.unit, err = parser.ParseWithUnit(tables, every); err != nil {
		return nil, fmt.Errorf("tables by %s: %w", tables, err)
	}
	if b.rowBy, err = parser.Parse(".fullname", every); err != nil {
		return nil, fmt.Errorf("rows by name: %w", err)
	}
	if b.colBy, err = parser.Parse(columns, every); err != nil {
		return nil, fmt.Errorf("columns by %s: %w", columns, err)
	}
	b.residue = parser.Residue()
	return b, nil
}
