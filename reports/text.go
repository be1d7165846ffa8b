package reports

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"concbench/results"
)

// Text writes the summary of a run for a terminal: the cells of each workload
// by its first measures, what has no number, and the answers to the claims.
func Text(w io.Writer, run results.Run, records []results.Record) error {
	d := arrange(run, records, nil)
	var b strings.Builder
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
	b.WriteString("Findings\n")
	for _, f := range d.findings() {
		fmt.Fprintf(&b, "  %-4s %-14s %s\n", f.ID, f.Answer, f.Claim)
	}
	if done := d.done(); done < len(run.Plan) {
		fmt.Fprintf(&b, "\nPartial: %d of %d trials are done.\n", done, len(run.Plan))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// textColumns are as many measures as fit beside each other.
const textColumns = 3

func (d *data) textTable(b *strings.Builder, t Table) {
	columns := t.Columns[:min(textColumns, len(t.Columns))]
	rows := [][]string{{"", "n"}}
	for _, c := range columns {
		rows[0] = append(rows[0], c.Name)
	}
	for _, r := range t.Rows {
		name := r.Arm
		if r.Params != "" {
			name += "  " + r.Params
		}
		row := []string{name, r.N}
		for _, v := range r.Values[:len(columns)] {
			cell := v.Median
			if v.Interval != "" {
				cell += " (" + v.Interval + ")"
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	fmt.Fprintf(b, "%s\n", printable(t.Workload))
	writeAligned(b, rows)
	b.WriteString("\n")
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

// printable replaces what could steer a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '?'
		}
		return r
	}, s)
}
