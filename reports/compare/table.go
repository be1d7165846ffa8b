package compare

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
	"golang.org/x/perf/benchmath"
	"golang.org/x/perf/benchproc"
	"golang.org/x/perf/benchunit"
)

// A table is of one unit.
type table struct {
	unit       string
	cells      map[place]*cell
	rows, cols map[benchproc.Key]bool
}

type place struct{ row, col benchproc.Key }

// A cell is the values of one benchmark in one column.
type cell struct {
	values  []float64
	residue map[benchproc.Key]bool
	sample  *benchmath.Sample
	summary benchmath.Summary
}

func (b *builder) add(r *benchfmt.Result) {
	at := place{b.rowBy.Project(r), b.colBy.Project(r)}
	rest := b.residue.Project(r)
	for i, key := range b.tableBy.ProjectValues(r) {
		t := b.tables[key]
		if t == nil {
			t = &table{unit: key.Get(b.unit), cells: map[place]*cell{}, rows: map[benchproc.Key]bool{}, cols: map[benchproc.Key]bool{}}
			b.tables[key] = t
		}
		c := t.cells[at]
		if c == nil {
			c = &cell{residue: map[benchproc.Key]bool{}}
			t.cells[at], t.rows[at.row], t.cols[at.col] = c, true, true
		}
		c.values = append(c.values, r.Values[i].Value)
		c.residue[rest] = true
	}
}

func sorted(keys map[benchproc.Key]bool) []benchproc.Key {
	list := slices.Collect(maps.Keys(keys))
	benchproc.SortKeys(list)
	return list
}

// summarise computes the median and interval of each cell.
func (b *builder) summarise(t *table) benchmath.Assumption {
	assumption := benchfmt.UnitMetadataMap(b.reader.Units()).GetAssumption(t.unit)
	for _, c := range t.cells {
		c.sample = benchmath.NewSample(c.values, &b.thresholds)
		c.summary = assumption.Summary(c.sample, confidence)
		var varying []string
		for _, field := range benchproc.NonSingularFields(sorted(c.residue)) {
			varying = append(varying, field.Name)
		}
		if len(varying) > 0 {
			c.sample.Warnings = append(c.sample.Warnings, fmt.Errorf("benchmarks vary in %s", strings.Join(varying, ", ")))
		}
	}
	return assumption
}

// A grid is a table as text. Each cell of it is a few strings, which the
// writer aligns.
type grid struct {
	columns []string
	unit    string
	rows    []gridRow
}

type gridRow struct {
	name  string
	cells []gridCell
}

// A gridCell is one value, and its change from the first column.
type gridCell struct{ center, spread, notes, delta, test, deltaNotes string }

func (b *builder) grid(t *table, foot *footnotes, seen *tally) grid {
	assumption := b.summarise(t)
	cols := sorted(t.cols)
	g := grid{unit: t.unit}
	for _, col := range cols {
		g.columns = append(g.columns, col.StringValues())
	}
	class := benchunit.ClassOf(t.unit)
	for _, row := range sorted(t.rows) {
		out := gridRow{name: row.StringValues(), cells: make([]gridCell, len(cols))}
		var centers []float64
		for _, col := range cols {
			if c := t.cells[place{row, col}]; c != nil {
				centers = append(centers, c.summary.Center)
			}
		}
		scale := benchunit.CommonScale(centers, class)
		base := t.cells[place{row, cols[0]}]
		for i, col := range cols {
			c := t.cells[place{row, col}]
			if c == nil {
				continue
			}
			out.cells[i] = gridCell{center: scale.Format(c.summary.Center), spread: c.summary.PctRangeString(),
				notes: foot.mark(c.sample.Warnings, c.summary.Warnings)}
			if i > 0 && base != nil {
				change := assumption.Compare(base.sample, c.sample)
				out.cells[i].delta = change.FormatDelta(base.summary.Center, c.summary.Center)
				out.cells[i].test = "(" + change.String() + ")"
				out.cells[i].deltaNotes = foot.mark(change.Warnings)
				seen.count(out.cells[i].delta)
			}
		}
		g.rows = append(g.rows, out)
	}
	return g
}

// A tally counts comparisons by what they found.
type tally struct{ changed, same, unresolved int }

func (t *tally) count(delta string) {
	switch delta {
	case "~":
		t.unresolved++
	case "0.00%":
		t.same++
	default:
		t.changed++
	}
}
