package generator

import (
	"runtime"
	"sync"
	"testing"
)

// delegating is a generator that delegates to g at some depth. unwound counts the
// bodies whose deferred calls have run.
func delegating[R any](g *Generator[int, int, R], depth int, unwound *int) *Generator[int, int, R] {
	for range depth {
		inner := g
		g = New(func(y *Yielder[int, int]) (R, error) {
			defer func() { *unwound++ }()
			return From(y, inner)
		})
	}
	return g
}

func TestPanic(t *testing.T) {
	for depth := range 3 {
		unwound := 0
		inner := panicking()
		g := delegating(inner, depth, &unwound)
		yields(t, 1)(g.Next())
		func() {
			defer func() {
				if p := recover(); p != "broken" {
					t.Errorf("depth %d: recovered %v", depth, p)
				}
			}()
			g.Next()
			t.Errorf("depth %d: Next returned", depth)
		}()
		isState(t, g, Closed)
		isState(t, inner, Closed)
		if unwound != depth {
			t.Errorf("the deferred calls of %d bodies out of %d have run", unwound, depth)
		}
		ends[int](t, 0)(g.Next())
	}
}

// panicking yields once and then panics.
func panicking() *Generator[int, int, int] {
	return New(func(y *Yielder[int, int]) (int, error) {
		y.Yield(1)
		panic("broken")
	})
}

// A body may recover from the panic of the generator that it delegates to.
func TestPanicRecovered(t *testing.T) {
	inner := panicking()
	g := New(func(y *Yielder[int, int]) (got any, err error) {
		func() {
			defer func() { got = recover() }()
			From(y, inner)
		}()
		_, err = y.Yield(2)
		return got, err
	})
	yields(t, 1)(g.Next())
	yields(t, 2)(g.Next())
	ends[int](t, any("broken"))(g.Next())
}

// exiting yields once and then ends its resumer's goroutine.
func exiting() *Generator[int, int, int] {
	return New(func(y *Yielder[int, int]) (int, error) {
		y.Yield(1)
		runtime.Goexit()
		return 0, nil
	})
}

func TestGoexit(t *testing.T) {
	for depth := range 3 {
		unwound, returned := 0, false
		inner := exiting()
		g := delegating(inner, depth, &unwound)
		yields(t, 1)(g.Next())
		var resumer sync.WaitGroup
		resumer.Go(func() {
			g.Next()
			returned = true
		})
		resumer.Wait()
		if returned {
			t.Errorf("depth %d: Next returned", depth)
		}
		isState(t, g, Closed)
		isState(t, inner, Closed)
		if unwound != depth {
			t.Errorf("the deferred calls of %d bodies out of %d have run", unwound, depth)
		}
		ends[int](t, 0)(g.Next())
	}
}

// A body that yields while a Goexit unwinds it can still be resumed.
func TestYieldWhileUnwinding(t *testing.T) {
	inner := exiting()
	g := New(func(y *Yielder[int, int]) (int, error) {
		defer y.Yield(2)
		return From(y, inner)
	})
	for range 2 {
		var resumer sync.WaitGroup
		resumer.Go(func() {
			g.Next()
			g.Next()
			t.Error("a Goexit did not end the goroutine")
		})
		resumer.Wait()
		if g.State() == Closed {
			break
		}
		isState(t, g, Suspended)
	}
	isState(t, g, Closed)
}
