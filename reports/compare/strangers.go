package compare

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/perf/benchproc"
)

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

// traits are the values that a side has for what tells cells apart: its workloads,
// its units, and each parameter of its benchmarks.
func (s *side) traits() map[string][]string {
	traits := map[string][]string{}
	add := func(trait, value string) {
		if !slices.Contains(traits[trait], value) {
			traits[trait] = append(traits[trait], value)
		}
	}
	for _, r := range s.results {
		n := parseName(r.Name.String())
		add("benchmark", n.base)
		for _, v := range r.Values {
			add("unit", v.Unit)
		}
		for _, part := range n.parts {
			key, value, found := strings.Cut(part, "=")
			if !found {
				key, value = "part of the name", part
			}
			add(key, value)
		}
	}
	return traits
}

// strangers is the error that tells two runs apart which have no cell in common.
// It names what has no value in both, and shows what each has, since it cannot
// know why.
func (b *builder) strangers() error {
	old, other := b.old.traits(), b.new.traits()
	keys := maps.Clone(old)
	maps.Copy(keys, other)
	var parts []string
	if x, y := b.old.run, b.new.run; x != nil && y != nil && x.Profile != y.Profile {
		parts = append(parts, fmt.Sprintf("profile: %s in old, %s in new", x.Profile, y.Profile))
	}
	for _, key := range slices.SortedFunc(maps.Keys(keys), compareTraits) {
		x, y := old[key], other[key]
		if slices.ContainsFunc(x, func(v string) bool { return slices.Contains(y, v) }) {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s: %s in old, %s in new", key, listed(x), listed(y)))
	}
	text := "They differ in " + strings.Join(parts, "; ")
	if len(parts) == 0 {
		text = "Each value of theirs is in both, but no combination of them"
	}
	a, c := b.closest()
	return fmt.Errorf("compare: old (%s) and new (%s) have no cell in common. %s. For example: %s in old, %s in new. With -by-model each run has its own tables",
		b.old.path, b.new.path, printable(text), printable(a), printable(c))
}

// compareTraits puts what comes first in a cell's name first.
func compareTraits(a, b string) int {
	rank := func(key string) int {
		if i := slices.Index([]string{"benchmark", "unit", "model"}, key); i >= 0 {
			return i
		}
		return 3
	}
	if rank(a) != rank(b) {
		return rank(a) - rank(b)
	}
	return strings.Compare(a, b)
}

// closest are a cell of each side that have most in common, among the first of each.
func (b *builder) closest() (old, other string) {
	most := -1
	first := func(s *side) []string {
		var all []string
		for _, r := range s.results {
			all = append(all, r.Name.String())
		}
		slices.Sort(all)
		all = slices.Compact(all)
		return all[:min(len(all), 500)]
	}
	for _, x := range first(b.old) {
		for _, y := range first(b.new) {
			if n := alike(parseName(x), parseName(y)); n > most {
				most, old, other = n, x, y
			}
		}
	}
	return old, other
}

// alike counts what two names have in common; the base name counts for more than
// all parts.
func alike(a, b name) int {
	n := 0
	for _, part := range a.parts {
		if slices.Contains(b.parts, part) {
			n++
		}
	}
	if a.base == b.base {
		n += len(a.parts) + len(b.parts)
	}
	return n
}

// lonely names what only one of the runs has: rows, and units of rows that are there.
func (b *builder) lonely(text *strings.Builder, names namer) {
	if b.byModel {
		return // a model without a row is an empty place in a table
	}
	seen := map[string]map[string]bool{} // rows by column
	for _, t := range b.tables {
		for at := range t.cells {
			col := at.col.StringValues()
			if seen[col] == nil {
				seen[col] = map[string]bool{}
			}
			seen[col][at.row.StringValues()] = true
		}
	}
	missing := map[string]map[string][]string{} // by what is missing, base name: rows
	for _, t := range b.tables {
		for row := range t.rows {
			here := map[string]bool{}
			for col := range t.cols {
				here[col.StringValues()] = t.cells[place{row, col}] != nil
			}
			for col := range seen {
				if !here[col] {
					note(missing, seen[col], col, row.StringValues(), t.unit)
				}
			}
		}
	}
	for _, what := range slices.Sorted(maps.Keys(missing)) {
		for _, base := range slices.Sorted(maps.Keys(missing[what])) {
			fmt.Fprintln(text, printable(what+base+b.rowsText(missing[what][base], names)))
		}
	}
}

// note notes that a row lacks a unit in a column, or is not there at all.
func note(missing map[string]map[string][]string, seen map[string]bool, col, row, unit string) {
	what := fmt.Sprintf("not in %s: ", col)
	if seen[row] {
		what += unit + " of "
	}
	if missing[what] == nil {
		missing[what] = map[string][]string{}
	}
	base := parseName(row).base
	if !slices.Contains(missing[what][base], row) {
		missing[what][base] = append(missing[what][base], row)
	}
}

// rowsText names rows of one base name by what tells them apart.
func (b *builder) rowsText(rows []string, names namer) string {
	slices.SortFunc(rows, func(a, b string) int { return compareNames(parseName(a), parseName(b)) })
	var words []string
	for _, row := range rows {
		if short := names.short(row); short != "" {
			words = append(words, short)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, ", ") + ")"
}
