package compare

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// A name is that of a benchmark, in its parts: "Switch" and "model=threads",
// "via=yield".
type name struct {
	full, base string
	parts      []string
}

func parseName(full string) name {
	base, parts := benchfmt.Name(full).Parts()
	n := name{full: full, base: string(base)}
	for _, part := range parts {
		n.parts = append(n.parts, strings.TrimPrefix(string(part), "/"))
	}
	return n
}

// A namer leaves out of names what all benchmarks of one base name have in
// common, so that a row says only in what it differs.
type namer struct {
	bases  []string // in order of their names
	common map[string][]string
	plain  map[string]bool // bases of which the shortened names would not tell all benchmarks apart
}

func newNamer(all []string) namer {
	n := namer{common: map[string][]string{}, plain: map[string]bool{}}
	for _, full := range all {
		switch parsed := parseName(full); {
		case !slices.Contains(n.bases, parsed.base):
			n.bases = append(n.bases, parsed.base)
			n.common[parsed.base] = parsed.parts
		default:
			n.common[parsed.base] = slices.DeleteFunc(slices.Clone(n.common[parsed.base]), func(part string) bool { return !slices.Contains(parsed.parts, part) })
		}
	}
	slices.Sort(n.bases)
	short := map[string]string{}
	for _, full := range all {
		key := parseName(full).base + " " + n.short(full)
		if other, ok := short[key]; ok && other != full {
			n.plain[parseName(full).base] = true
		}
		short[key] = full
	}
	return n
}

// short is what tells a benchmark from the others with its base name; it is empty
// if there is no other.
func (n namer) short(full string) string {
	parsed := parseName(full)
	if n.plain[parsed.base] {
		return strings.TrimPrefix(full, parsed.base)
	}
	var words []string
	for _, part := range parsed.parts {
		if !slices.Contains(n.common[parsed.base], part) {
			words = append(words, strings.TrimPrefix(part, "model="))
		}
	}
	return strings.Join(words, " ")
}

// shared says, for each base name, what its benchmarks have in common.
func (n namer) shared() []string {
	var lines []string
	for _, base := range n.bases {
		if common := n.common[base]; len(common) > 0 && !n.plain[base] {
			lines = append(lines, base+" "+strings.Join(common, " "))
		}
	}
	return lines
}

// compareNames puts benchmarks in order: by base name, by parameters from the last
// on, then by model, so that the models that are compared stand together. Options
// of a model stand before the parameters, so that models without any come first.
func compareNames(a, b name) int {
	return cmp.Or(strings.Compare(a.base, b.base),
		slices.CompareFunc(a.rest(), b.rest(), natural),
		strings.Compare(a.model(), b.model()),
		strings.Compare(a.full, b.full))
}

// rest are the parts but for the model, from the last on.
func (n name) rest() []string {
	rest := slices.DeleteFunc(slices.Clone(n.parts), isModel)
	slices.Reverse(rest)
	return rest
}

func (n name) model() string {
	if i := slices.IndexFunc(n.parts, isModel); i >= 0 {
		return n.parts[i]
	}
	return ""
}

func isModel(part string) bool { return strings.HasPrefix(part, "model=") }

// natural compares texts so that numbers in them are in the order of numbers.
func natural(a, b string) int {
	for a != "" && b != "" {
		x, y := run(a), run(b)
		if c := compareRuns(x, y); c != 0 {
			return c
		}
		a, b = a[len(x):], b[len(y):]
	}
	return strings.Compare(a, b)
}

// run is the longest beginning of a text that is a number, or has no digit.
func run(s string) string {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	end := 1
	for end < len(s) && digit(s[end]) == digit(s[0]) {
		end++
	}
	return s[:end]
}

func compareRuns(a, b string) int {
	x, y := strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if number := a[0] >= '0' && a[0] <= '9' && b[0] >= '0' && b[0] <= '9'; number && len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}
