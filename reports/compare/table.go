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

// sortedCols are the columns of a table: runs as they were given, models in the
// order in which reports show them, the first as the base.
func (b *builder) sortedCols(t *table) []benchproc.Key {
	cols := sorted(t.cols)
	if b.byModel {
		rank := func(col benchproc.Key) int {
			if i := slices.Index(models, col.StringValues()); i >= 0 {
				return i
			}
			return len(models)
		}
		slices.SortStableFunc(cols, func(x, y benchproc.Key) int { return rank(x) - rank(y) })
	}
	return cols
}

var models = []string{"serial", "coroutine", "threads", "goroutine"}

// sortedRows are the rows of a table in the order of their names.
func (t *table) sortedRows() []benchproc.Key {
	return slices.SortedFunc(maps.Keys(t.rows), func(a, b benchproc.Key) int {
		return compareNames(parseName(a.StringValues()), parseName(b.StringValues()))
	})
}

// summarise computes the median and interval of each cell.
func (b *builder) summarise(t *table) benchmath.Assumption {
	assumption := b.units.GetAssumption(t.unit)
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
	head    string // above the changes
	rows    []gridRow
	same    []gridRow // rows of which every value is the same, without a place in the table
}

type gridRow struct {
	name  string
	cells []gridCell
}

// A gridCell is one value, and its change from the first column.
type gridCell struct {
	center, spread, notes string
	change
	deltaNotes string
}

func (b *builder) grid(t *table, foot *footnotes) grid {
	assumption := b.summarise(t)
	g := grid{unit: t.unit, head: "vs base"}
	describe := !b.byModel && len(b.machines) > 0
	if describe {
		g.head = "ratio"
	}
	cols := b.sortedCols(t)
	for _, col := range cols {
		g.columns = append(g.columns, printable(col.StringValues()))
	}
	for _, row := range t.sortedRows() {
		cells := make([]*cell, len(cols))
		for i, col := range cols {
			cells[i] = t.cells[place{row, col}]
		}
		out := gridRow{name: row.StringValues(), cells: make([]gridCell, len(cols))}
		if constantRow(cells) {
			b.fill(out, cells, assumption, describe, t.unit, new(footnotes)) // nothing of it is shown
			g.same = append(g.same, out)
			continue
		}
		b.fill(out, cells, assumption, describe, t.unit, foot)
		g.rows = append(g.rows, out)
	}
	return g
}

// constantRow reports whether two or more cells have one and the same value in
// every process. Cells of one process each are not enough to say so.
func constantRow(cells []*cell) bool {
	present := slices.DeleteFunc(slices.Clone(cells), func(c *cell) bool { return c == nil })
	return len(present) > 1 && constant(present...) && slices.ContainsFunc(present, func(c *cell) bool { return len(c.values) > 1 })
}

// fill writes the cells of a row.
func (b *builder) fill(out gridRow, cells []*cell, assumption benchmath.Assumption, describe bool, unit string, foot *footnotes) {
	var centers []float64
	for _, c := range cells {
		if c != nil {
			centers = append(centers, c.summary.Center)
		}
	}
	scale := benchunit.CommonScale(centers, benchunit.ClassOf(unit))
	for i, c := range cells {
		if c == nil {
			continue
		}
		out.cells[i] = gridCell{center: formatted(scale, c.summary.Center), spread: c.spread(unit), notes: foot.mark(c.sample.Warnings, c.summary.Warnings)}
		if i > 0 && cells[0] != nil {
			out.cells[i].change = compared(assumption, cells[0], c, scale, describe)
			out.cells[i].deltaNotes = foot.mark(out.cells[i].warnings)
			b.seen[out.cells[i].kind]++
		}
	}
}

// spread is the interval of a median as a share of it, or, where it is no share, as
// it is.
func (c *cell) spread(unit string) string {
	text := c.summary.PctRangeString()
	if text == "?" || strings.Contains(text, "Inf") {
		scale := benchunit.CommonScale([]float64{c.summary.Lo, c.summary.Hi}, benchunit.ClassOf(unit))
		return formatted(scale, c.summary.Lo) + ".." + formatted(scale, c.summary.Hi)
	}
	return text
}
