package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/perf/benchproc"
)

// print writes what is compared, then all tables, then what belongs to them all.
func (b *builder) print(w io.Writer) error {
	if !b.byModel && !b.shared() {
		return b.strangers()
	}
	var text strings.Builder
	names := newNamer(b.names())
	b.about(&text, names)
	var before benchproc.Key
	var same []string
	for _, key := range sorted(b.keys()) {
		foot := new(footnotes)
		g := b.grid(b.tables[key], foot)
		if line := g.sameText(); line != "" && b.byModel {
			same = append(same, line+" in "+b.fileOf(key))
		} else if line != "" {
			same = append(same, line)
		}
		if len(g.rows) == 0 {
			continue
		}
		text.WriteByte('\n')
		b.heading(&text, key, before)
		before = key
		g.write(&text, names)
		for i, note := range foot.texts {
			fmt.Fprintf(&text, "%s %s\n", superscript(i+1), note)
		}
	}
	text.WriteByte('\n')
	b.closing(&text, names, same)
	_, err := io.WriteString(w, text.String())
	return err
}

// fileOf is the run of a table, where each run has tables of its own.
func (b *builder) fileOf(key benchproc.Key) string {
	for _, field := range b.tableBy.FlattenedFields() {
		if field.Name == ".file" {
			return key.Get(field)
		}
	}
	return ""
}

func (b *builder) keys() map[benchproc.Key]bool {
	keys := make(map[benchproc.Key]bool, len(b.tables))
	for key := range b.tables {
		keys[key] = true
	}
	return keys
}

// names are the full names of all rows, each once.
func (b *builder) names() []string {
	var all []string
	for _, key := range sorted(b.keys()) {
		for _, row := range b.tables[key].sortedRows() {
			all = append(all, row.StringValues())
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// about names the runs and their machines, and what all rows have in common.
func (b *builder) about(text *strings.Builder, names namer) {
	for _, s := range b.sides() {
		run, machine := s.about()
		for i, line := range []string{s.path, run, machine} {
			head := s.label
			if i > 0 {
				head = ""
			}
			if line != "" {
				fmt.Fprintf(text, "%-4s %s\n", head, printable(line))
			}
		}
	}
	for _, line := range b.conditions() {
		fmt.Fprintln(text, printable(line))
	}
	if len(b.machines) > 0 {
		fmt.Fprintf(text, "Two machines: %s.\n", printable(strings.Join(b.machines, "; ")))
		if !b.byModel {
			text.WriteString("So there are no p-values, which are for two runs on one machine: medians, their intervals and the ratio of the medians describe.\n")
		}
	}
	if others := slices.DeleteFunc(slices.Clone(b.differing), func(key string) bool { return slices.Contains(machineSettings, key) }); len(others) > 0 && !b.byModel {
		for _, key := range others {
			fmt.Fprintf(text, "%s: %s in old, %s in new\n", printable(key), printable(listed(b.old.config[key])), printable(listed(b.new.config[key])))
		}
	}
	for i, common := range names.shared() {
		head := ""
		if i == 0 {
			head = "all"
		}
		fmt.Fprintf(text, "%-4s %s\n", head, printable(common))
	}
}

// heading writes the settings that differ from the table before.
func (b *builder) heading(text *strings.Builder, key, before benchproc.Key) {
	for _, field := range b.tableBy.FlattenedFields() {
		value := key.Get(field)
		if field.Name == ".unit" || !before.IsZero() && value == before.Get(field) || slices.Contains(machineSettings, field.Name) && before.IsZero() {
			continue // the machines stand above
		}
		fmt.Fprintf(text, "%s: %s\n", strings.TrimPrefix(field.Name, "."), printable(value))
	}
}

// closing writes the rows of which nothing can be said beside a table, and counts.
func (b *builder) closing(text *strings.Builder, names namer, same []string) {
	if len(same) > 0 {
		fmt.Fprintf(text, "The same value in every process: %s.\n", printable(strings.Join(same, "; ")))
	}
	b.lonely(text, names)
	text.WriteString(b.counts())
	for _, s := range b.sides() {
		for _, warning := range s.notes() {
			fmt.Fprintln(text, "warning:", printable(warning))
		}
	}
}

// counts tells what the comparisons found, each kind alone.
func (b *builder) counts() string {
	n := b.seen
	var parts []string
	if tested := n[changed] + n[undecided] + n[equal]; n[described] > 0 {
		parts = append(parts, fmt.Sprintf("%d described, %d equal.", n[described], n[equal]))
	} else if tested > 0 {
		parts = append(parts, fmt.Sprintf("%d changed, %d undecided (~, which may be noise and does not mean equal), %d equal, by a U-test of each row alone at p < %v.",
			n[changed], n[undecided], n[equal], b.thresholds.CompareAlpha))
	}
	if n[exactEqual]+n[exactOther] > 0 {
		parts = append(parts, fmt.Sprintf("Of exact counts, which need no test: %d equal, %d not.", n[exactEqual], n[exactOther]))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, " ") + "\n"
}

// sameText collects the rows of which every value is the same, which are so by
// construction more often than not: "turns/yield 1 (13 rows of Switch)".
func (g grid) sameText() string {
	count := map[[2]string]int{}
	var order [][2]string
	for _, r := range g.same {
		key := [2]string{r.first().center, parseName(r.name).base}
		if count[key]++; count[key] == 1 {
			order = append(order, key)
		}
	}
	var parts []string
	for _, key := range order {
		rows := "rows"
		if count[key] == 1 {
			rows = "row"
		}
		parts = append(parts, fmt.Sprintf("%s %s (%d %s of %s)", g.unit, shortest(key[0]), count[key], rows, key[1]))
	}
	return strings.Join(parts, ", ")
}

// first is the first cell of a row that has a value.
func (r gridRow) first() gridCell {
	return r.cells[slices.IndexFunc(r.cells, func(c gridCell) bool { return c.center != "" })]
}

// shortest drops zeros behind the point that say nothing: "1.000k" is "1k".
func shortest(number string) string {
	end := strings.LastIndexAny(number, "0123456789.") + 1
	digits, prefix := number[:end], number[end:]
	if strings.Contains(digits, ".") {
		digits = strings.TrimSuffix(strings.TrimRight(digits, "0"), ".")
	}
	return digits + prefix
}
