package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"concbench/internal/terminal"
	"concbench/results"
	"concbench/stats"
)

// Text writes the summary of a run for a terminal: the cells of each workload
// by its first measures, what has no number, and the answers to the claims.
func Text(w io.Writer, run results.Run, records []results.Record) error {
	d := arrange(run, records, nil)
	var b strings.Builder
	if unusual := run.Machine.Unusual(); len(unusual) > 0 {
		fmt.Fprintf(&b, "Not the usual settings: %s\n\n", printable(strings.Join(unusual, ", ")))
	}
	for _, t := range d.tables() {
		d.textTable(&b, t)
	}
	if troubles := d.troubles(); len(troubles) > 0 {
		b.WriteString("Without a number\n")
		for _, t := range troubles {
			fmt.Fprintf(&b, "  %s, %s in %s: %s\n", printable(t.Cell), t.Status, t.Rounds, printable(t.Reason))
		}
		b.WriteString("\n")
	}
	if text := d.disturbedText(); text != "" {
		fmt.Fprintf(&b, "Disturbed\n  %s.\n\n", printable(text))
	}
	d.textStandings(&b)
	d.textFindings(&b)
	if done := d.done(); done < run.Due(records) {
		fmt.Fprintf(&b, "\nPartial: %d of %d trials are done.\n", done, run.Due(records))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// textFindings writes the answer to each claim that was measured, with the
// evidence that decided it.
func (d *data) textFindings(b *strings.Builder) {
	b.WriteString("Findings\n")
	measured, missing := measuredClaims(d.findings())
	wide := 0
	for _, f := range measured {
		wide = max(wide, utf8.RuneCountInString(f.Word()))
	}
	for _, f := range measured {
		fmt.Fprintf(b, "  %-4s %-*s %s\n", f.ID, wide, f.Word(), f.Claim)
		lines := f.Notes()
		if d.noise.Clean() < stats.LeastRounds { // which is said once, above
			lines = slices.DeleteFunc(lines, func(line string) bool { return line == f.Disturbed })
		}
		if lead := f.Lead(); lead != nil {
			lines = append(lines, fmt.Sprintf("%s, n=%d", printable(lead.Text), lead.N))
		}
		for _, line := range lines {
			fmt.Fprintf(b, "  %*s %s\n", 5+wide, "", line)
		}
	}
	if missing != "" {
		fmt.Fprintf(b, "  %s\n", missing)
	}
}

// textColumns are as many measures as fit beside each other.
const textColumns = 3

func (d *data) textTable(b *strings.Builder, t Table) {
	rows := [][]string{{"", "n"}}
	columns := foremost(t)
	for _, i := range columns {
		rows[0] = append(rows[0], t.Columns[i].Name)
	}
	for _, r := range t.Rows {
		name := r.Arm
		if r.Params != "" {
			name += "  " + r.Params
		}
		row := []string{name, r.N}
		for _, i := range columns {
			v := r.Values[i]
			cell := v.Median
			if v.Certainty != "" {
				cell += " (" + rangeMark(v.Certainty == rangeWord) + v.Interval + ")"
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	fmt.Fprintf(b, "%s\n", printable(t.Workload))
	writeAligned(b, rows)
	for _, sentence := range t.Constant {
		fmt.Fprintf(b, "  the same everywhere: %s\n", printable(sentence))
	}
	b.WriteString("\n")
}

// textStandings writes who won at what.
func (d *data) textStandings(b *strings.Builder) {
	all := d.standings()
	if len(all) == 0 {
		return
	}
	b.WriteString("Who won at what\n")
	for _, s := range all {
		var rivals []string
		for _, r := range s.Rivals {
			rivals = append(rivals, r.Arm+" "+r.Times)
		}
		fmt.Fprintf(b, "  %-14s %s (%s)\n", s.Word(), printable(s.Measure), printable(s.Where))
		fmt.Fprintf(b, "  %-14s %s %s; times as much: %s\n", "", printable(s.Least), s.Value, printable(strings.Join(rivals, ", ")))
		if s.Clean != "" && d.noise.Clean() >= stats.LeastRounds { // else it is said once, above
			fmt.Fprintf(b, "  %-14s %s\n", "", printable(s.Clean))
		}
	}
	b.WriteString("\n")
}

// foremost are the places of the columns that are shown: first those that have
// a chart with words of its own.
func foremost(t Table) []int {
	var first, rest []int
	for i, c := range t.Columns {
		if slices.ContainsFunc(charted, func(def chartDef) bool { return def.workload == t.Workload && def.metric == c.Name }) {
			first = append(first, i)
		} else {
			rest = append(rest, i)
		}
	}
	all := append(first, rest...)
	return all[:min(textColumns, len(all))]
}

// writeAligned writes rows in columns, the first on the left and the others on the right.
func writeAligned(b *strings.Builder, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if row[i] = printable(cell); i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				line.WriteString("  " + cell + space)
			} else {
				line.WriteString("  " + space + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// printable keeps a name from steering a terminal.
func printable(s string) string { return terminal.Line(s) }
