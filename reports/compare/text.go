package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/perf/benchproc"
)

// print writes all tables, then what belongs to them all.
func (b *builder) print(w io.Writer) error {
	var text strings.Builder
	var seen tally
	var before benchproc.Key
	keys := make(map[benchproc.Key]bool, len(b.tables))
	for key := range b.tables {
		keys[key] = true
	}
	if len(keys) == 0 {
		return fmt.Errorf("compare: the filter leaves no results")
	}
	if !b.byModel && !b.shared() {
		return fmt.Errorf("compare: the two runs share no cells: nothing of one can be set beside the other; compare runs of one profile, or try -by-model")
	}
	for _, line := range b.conditions {
		fmt.Fprintln(&text, printable(line))
	}
	for i, key := range sorted(keys) {
		if i > 0 || len(b.conditions) > 0 {
			text.WriteByte('\n')
		}
		b.heading(&text, key, before)
		before = key
		foot := new(footnotes)
		g := b.grid(b.tables[key], foot, &seen)
		g.write(&text)
		for i, note := range foot.texts {
			fmt.Fprintf(&text, "%s %s\n", superscript(i+1), note)
		}
	}
	text.WriteByte('\n')
	b.lonely(&text)
	fmt.Fprintf(&text, "%d changed, %d not resolved (~), %d equal, by a U-test of each row alone at p < %v.\n",
		seen.changed, seen.unresolved, seen.same, b.thresholds.CompareAlpha)
	for _, warning := range b.warnings {
		fmt.Fprintln(&text, "warning:", printable(warning))
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// heading writes the settings that differ from the table before.
func (b *builder) heading(text *strings.Builder, key, before benchproc.Key) {
	for _, field := range b.tableBy.FlattenedFields() {
		if field.Name == ".unit" || !before.IsZero() && key.Get(field) == before.Get(field) {
			continue
		}
		fmt.Fprintf(text, "%s: %s\n", strings.TrimPrefix(field.Name, "."), printable(key.Get(field)))
	}
}

// shared reports whether any row has a number in two columns.
func (b *builder) shared() bool {
	for _, t := range b.tables {
		columns := map[benchproc.Key]int{}
		for at := range t.cells {
			if columns[at.row]++; columns[at.row] > 1 {
				return true
			}
		}
	}
	return false
}

// lonely names the rows that not all columns have.
func (b *builder) lonely(text *strings.Builder) {
	missing := map[string]bool{}
	for _, t := range b.tables {
		for row := range t.rows {
			for col := range t.cols {
				if t.cells[place{row, col}] == nil {
					missing[fmt.Sprintf("not in %s: %s", printable(col.StringValues()), printable(row.StringValues()))] = true
				}
			}
		}
	}
	lines := make([]string, 0, len(missing))
	for line := range missing {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	for _, line := range lines {
		fmt.Fprintln(text, line)
	}
}

// write aligns a grid: names on the left, then for each column its number,
// spread and notes, and from the second on its change.
func (g grid) write(text *strings.Builder) {
	names := 0
	for _, r := range g.rows {
		names = max(names, width(r.name))
	}
	widths := g.widths()
	pad := strings.Repeat(" ", names)
	for _, head := range [][]string{g.columns, g.unitHeads()} {
		text.WriteString(pad)
		for i := range g.columns {
			text.WriteString(" │ " + center(printable(head[i]), widths[i].total(i)))
		}
		text.WriteString(" │\n")
	}
	for _, r := range g.rows {
		line := printable(r.name) + strings.Repeat(" ", names-width(r.name))
		for i, c := range r.cells {
			line += "   " + widths[i].cell(c, i)
		}
		text.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

func (g grid) unitHeads() []string {
	heads := make([]string, len(g.columns))
	for i := range heads {
		heads[i] = g.unit
		if i > 0 {
			heads[i] += "  vs base"
		}
	}
	return heads
}

// columnWidths are of the strings of the cells of one column.
type columnWidths struct{ center, spread, notes, delta, test, deltaNotes, least int }

func (g grid) widths() []columnWidths {
	all := make([]columnWidths, len(g.columns))
	heads := g.unitHeads()
	for i := range all {
		w := &all[i]
		for _, r := range g.rows {
			c := r.cells[i]
			w.center, w.spread, w.notes = max(w.center, width(c.center)), max(w.spread, width(c.spread)), max(w.notes, width(c.notes))
			w.delta, w.test, w.deltaNotes = max(w.delta, width(c.delta)), max(w.test, width(c.test)), max(w.deltaNotes, width(c.deltaNotes))
		}
		w.least = max(width(g.columns[i]), width(heads[i]))
	}
	return all
}

func (w columnWidths) total(i int) int {
	n := w.center + len(" ± ") - 1 + w.spread + 1 + w.notes // ± is two bytes long
	if i > 0 {
		n += 2 + w.delta + 1 + w.test + 1 + w.deltaNotes
	}
	return max(n, w.least)
}

func (w columnWidths) cell(c gridCell, i int) string {
	s := ""
	if c.center != "" {
		s = right(c.center, w.center) + " ± " + right(c.spread, w.spread) + " " + left(c.notes, w.notes)
		if i > 0 {
			s += "  " + right(c.delta, w.delta) + " " + left(c.test, w.test) + " " + left(c.deltaNotes, w.deltaNotes)
		}
	}
	return left(s, w.total(i))
}

func width(s string) int            { return utf8.RuneCountInString(s) }
func left(s string, w int) string   { return s + strings.Repeat(" ", max(0, w-width(s))) }
func right(s string, w int) string  { return strings.Repeat(" ", max(0, w-width(s))) + s }
func center(s string, w int) string { return left(strings.Repeat(" ", max(0, w-width(s))/2)+s, w) }

// printable replaces what could steer a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '?'
		}
		return r
	}, s)
}

// footnotes are warnings, each written once.
type footnotes struct{ texts []string }

func (f *footnotes) mark(warnings ...[]error) string {
	var marks []string
	for _, list := range warnings {
		for _, warning := range list {
			i := slices.Index(f.texts, warning.Error())
			if i < 0 {
				i, f.texts = len(f.texts), append(f.texts, warning.Error())
			}
			marks = append(marks, superscript(i+1))
		}
	}
	return strings.Join(marks, " ")
}

func superscript(n int) string {
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	var s []rune
	for _, d := range fmt.Sprint(n) {
		s = append(s, digits[d-'0'])
	}
	return string(s)
}
