package compare

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNamesSayOnlyInWhatTheyDiffer(t *testing.T) {
	all := []string{"Switch/model=threads/gil=off/via=yield/laps=auto", "Switch/model=threads/via=yield/laps=auto", "Switch/model=coroutine/via=handoff/laps=auto", "Sleep/model=serial/long=5s-8", "Fib-4"}
	n := newNamer(all)
	var short []string
	for _, full := range all {
		short = append(short, n.short(full))
	}
	if want := []string{"threads gil=off via=yield", "threads via=yield", "coroutine via=handoff", "", ""}; !slices.Equal(short, want) {
		t.Errorf("%q, want %q", short, want)
	}
	if want := []string{"Fib -4", "Sleep model=serial long=5s -8", "Switch laps=auto"}; !slices.Equal(n.shared(), want) {
		t.Errorf("%q, want %q", n.shared(), want)
	}
}

// However strange the names, no two rows get the same label.
func TestShortNamesStayDifferent(t *testing.T) {
	part := rapid.SampledFrom([]string{"/x", "/y", "/model=threads", "/model=a", "/a", "/k=1", "/k=10", "/", "-8", "/x y"})
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"A", "B"}).Draw(t, "base") + strings.Join(rapid.SliceOfN(part, 0, 4).Draw(t, "parts"), "")
		}), 1, 6, rapid.ID).Draw(t, "names")
		n := newNamer(names)
		seen := map[string]string{}
		for _, full := range names {
			label := parseName(full).base + " " + n.short(full)
			if other, ok := seen[label]; ok {
				t.Fatalf("%q and %q are both %q", full, other, label)
			}
			seen[label] = full
		}
	})
}

func TestRowsAreInOrder(t *testing.T) {
	want := []string{"A/model=coroutine/n=2", "A/model=threads/n=2", "A/model=threads/gil=off/n=2", "A/model=coroutine/n=10", "B"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return compareNames(parseName(a), parseName(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func FuzzNatural(f *testing.F) {
	f.Add("n=10", "n=9")
	f.Add("a01", "a1")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, a, b string) {
		if x, y := natural(a, b), natural(b, a); (x < 0) != (y > 0) || (x == 0) != (a == b) {
			t.Errorf("%q and %q: %d and %d", a, b, x, y)
		}
	})
}
