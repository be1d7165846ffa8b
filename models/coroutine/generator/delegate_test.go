package generator

import (
	"errors"
	"slices"
	"testing"
)

func TestFrom(t *testing.T) {
	inner := New(func(y *Yielder[int, int]) (string, error) {
		got, err := y.Yield(1)
		for err == nil && got != 0 {
			if got, err = y.Yield(got * 10); err != nil {
				got, err = y.Yield(-1)
			}
		}
		return "done", err
	})
	g := New(func(y *Yielder[int, int]) (string, error) {
		first, err := From(y, inner)
		if err != nil {
			return "", err
		}
		again, err := From(y, inner)
		return first + "|" + again, err
	})
	yields(t, 1)(g.Next())
	yields(t, 70)(g.Send(7))
	isState(t, inner, Suspended)
	yields(t, -1)(g.Throw(errTest))
	yields(t, 20)(g.Send(2))
	ends[int](t, "done|")(g.Next()) // inner had ended before the second From
}

// An error that leaves the inner generator can be caught by the outer one.
func TestFromErrorCaught(t *testing.T) {
	g := New(func(y *Yielder[int, int]) (int, error) {
		if _, err := From(y, count(3)); !errors.Is(err, errTest) {
			t.Errorf("From returned %v", err)
		}
		_, err := y.Yield(42)
		return 0, err
	})
	yields(t, 0)(g.Next())
	yields(t, 42)(g.Throw(errTest))
	ends[int](t, 0)(g.Next())
}

func TestCloseReachesInnerFirst(t *testing.T) {
	var order []string
	named := func(name string, wait func(y *Yielder[int, int]) error) *Generator[int, int, int] {
		return New(func(y *Yielder[int, int]) (int, error) {
			err := wait(y)
			if !errors.Is(err, ErrGeneratorExit) {
				t.Errorf("%s got %v", name, err)
			}
			order = append(order, name)
			return 0, err
		})
	}
	inner := named("inner", func(y *Yielder[int, int]) error { _, err := y.Yield(1); return err })
	outer := named("outer", func(y *Yielder[int, int]) error { _, err := From(y, inner); return err })
	yields(t, 1)(outer.Next())
	closes(t, outer)
	isState(t, inner, Closed)
	if !slices.Equal(order, []string{"inner", "outer"}) {
		t.Errorf("closed %v", order)
	}
}

// What goes wrong when the inner generator is closed arrives in the outer body.
func TestCloseOfInnerFails(t *testing.T) {
	inner := New(func(y *Yielder[int, int]) (int, error) {
		y.Yield(1)
		y.Yield(2)
		return 0, nil
	})
	g := New(func(y *Yielder[int, int]) (int, error) { return From(y, inner) })
	yields(t, 1)(g.Next())
	if err := g.Close(); !errors.Is(err, ErrIgnoredGeneratorExit) {
		t.Errorf("Close returned %v", err)
	}
	isState(t, g, Closed)
	closes(t, inner)
}

func TestFromRunning(t *testing.T) {
	var g *Generator[int, int, int]
	g = New(func(y *Yielder[int, int]) (int, error) { return From(y, g) })
	fails[int](t, ErrAlreadyExecuting)(g.Next())
}

// While a body delegates it does not run, even though its generator does.
func TestYieldWhileDelegating(t *testing.T) {
	var outer *Yielder[int, int]
	inner := New(func(y *Yielder[int, int]) (int, error) {
		y.Yield(1)
		_, err := outer.Yield(2)
		if _, err := From(outer, count(1)); !errors.Is(err, ErrYieldOutside) {
			t.Errorf("From returned %v", err)
		}
		return 0, err
	})
	g := New(func(y *Yielder[int, int]) (int, error) {
		outer = y
		return From(y, inner)
	})
	yields(t, 1)(g.Next())
	fails[int](t, ErrYieldOutside)(g.Next())
}

func TestFromSeq(t *testing.T) {
	start := func() *Generator[int, string, int] {
		g := New(func(y *Yielder[int, string]) (int, error) {
			return 9, FromSeq(y, slices.Values([]int{1, 2}))
		})
		yields(t, 1)(g.Next())
		return g
	}
	g := start()
	yields(t, 2)(g.Next())
	ends[int](t, 9)(g.Next())
	fails[int](t, ErrNoSend)(start().Send("value"))
	fails[int](t, errTest)(start().Throw(errTest))
	closes(t, start())
}
