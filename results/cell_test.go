package results

import (
	"slices"
	"testing"

	"golang.org/x/perf/benchfmt"
	"pgregory.net/rapid"
)

func TestCellNames(t *testing.T) {
	c := Cell{Workload: "Switch", Model: "threads", Options: "gil=off,interval=1ms",
		Params: Params{{"via", "yield"}, {"cpu", "same"}}}
	for what, names := range map[string][2]string{
		"Key":       {c.Key(), "Switch/model=threads,gil=off,interval=1ms/via=yield/cpu=same"},
		"BenchName": {c.BenchName(), "Switch/model=threads/gil=off/interval=1ms/via=yield/cpu=same"},
		"Subject":   {c.Subject(), "Switch/model=/via=yield/cpu=same"},
		"Arm":       {c.Arm(), "threads/gil=off,interval=1ms"},
		"Label":     {c.Label(), "Switch via=yield cpu=same, threads/gil=off,interval=1ms"},
		"default":   {Cell{Workload: "Sleep", Model: "serial"}.BenchName(), "Sleep/model=serial"},
	} {
		if names[0] != names[1] {
			t.Errorf("%s is %q, want %q", what, names[0], names[1])
		}
	}
}

// anyCell draws from few letters, among them all that mean something in a name.
func anyCell() *rapid.Generator[Cell] {
	text := rapid.StringOf(rapid.RuneFrom([]rune("ab1-/=,% \nü")))
	return rapid.Custom(func(t *rapid.T) Cell {
		c := Cell{Workload: text.Draw(t, "workload"), Model: text.Draw(t, "model"), Options: text.Draw(t, "options")}
		for range rapid.IntRange(0, 3).Draw(t, "params") {
			c.Params = append(c.Params, Param{text.Draw(t, "name"), text.Draw(t, "value")})
		}
		return c
	})
}

func TestKeyIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyCell().Draw(t, "a"), anyCell().Draw(t, "b")
		same := a.Workload == b.Workload && a.Arm() == b.Arm() && a.Model == b.Model && slices.Equal(a.Params, b.Params)
		if (a.Key() == b.Key()) != same {
			t.Fatalf("keys %q and %q of %+v and %+v", a.Key(), b.Key(), a, b)
		}
	})
}

// TestBenchNameHasItsParts reads the name back as benchstat would: every
// parameter is a dimension, and none is taken for a GOMAXPROCS.
func TestBenchNameHasItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCell().Draw(t, "cell")
		c.Options = ""
		base, parts := benchfmt.Name(c.BenchName()).Parts()
		if string(base) != escape(c.Workload) || len(parts) != 1+len(c.Params) {
			t.Fatalf("%q has the base %q and the parts %q; want %q and %d", c.BenchName(), base, parts, escape(c.Workload), 1+len(c.Params))
		}
	})
}
