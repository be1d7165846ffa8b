package compare

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"concbench/internal/terminal"
)

// write aligns a grid: a line for each base name, below it what tells its rows
// apart, on the left; then for each column its number, spread and notes, and
// from the second on its change.
func (g grid) write(text *strings.Builder, names namer) {
	lines, labels := g.labels(names)
	widest := 0
	for _, label := range labels {
		widest = max(widest, width(label))
	}
	widths := g.widths()
	pad := strings.Repeat(" ", widest)
	for _, head := range [][]string{g.columns, g.unitHeads()} {
		text.WriteString(pad)
		for i := range g.columns {
			text.WriteString(" │ " + center(head[i], widths[i].total(i)))
		}
		text.WriteString(" │\n")
	}
	for at, r := range g.rows {
		if lines[at] != "" {
			text.WriteString(lines[at] + "\n")
		}
		line := labels[at] + strings.Repeat(" ", widest-width(labels[at]))
		for i, c := range r.cells {
			line += "   " + widths[i].cell(c, i)
		}
		text.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// labels are what stands on the left of each row, and the line that stands above
// the first row of a base name, as they can be printed: that may change how wide
// they are.
func (g grid) labels(names namer) (lines, labels []string) {
	before := ""
	for _, r := range g.rows {
		base, short := parseName(r.name).base, names.short(r.name)
		line := ""
		if base != before && short != "" {
			line = base
		}
		if before = base; short == "" {
			short = base
		} else {
			short = "  " + short
		}
		lines, labels = append(lines, printable(line)), append(labels, printable(short))
	}
	return lines, labels
}

func (g grid) unitHeads() []string {
	heads := make([]string, len(g.columns))
	for i := range heads {
		heads[i] = printable(g.unit)
		if i > 0 {
			heads[i] += "  " + g.head
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

// printable keeps a name from steering a terminal.
func printable(s string) string { return terminal.Line(s) }

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
