package generator

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

func TestStates(t *testing.T) {
	var g *Generator[int, int, int]
	g = New(func(y *Yielder[int, int]) (int, error) {
		isState(t, g, Running)
		_, err := y.Yield(1)
		return 2, err
	})
	isState(t, g, Created)
	yields(t, 1)(g.Next())
	isState(t, g, Suspended)
	ends[int](t, 2)(g.Next())
	isState(t, g, Closed)
	ends[int](t, 0)(g.Next())
	ends[int](t, 0)(g.Send(1))
	fails[int](t, errTest)(g.Throw(errTest))
	closes(t, g)
}

func TestSend(t *testing.T) {
	g := New(func(y *Yielder[string, int]) (int, error) {
		got, err := y.Yield("first")
		if err != nil {
			return 0, err
		}
		again, err := y.Yield(fmt.Sprint("got ", got))
		return got + again, err
	})
	fails[string](t, ErrJustStarted)(g.Send(1))
	isState(t, g, Created)
	yields(t, "first")(g.Next())
	yields(t, "got 5")(g.Send(5))
	ends[string](t, 5)(g.Next()) // a Next sends the zero value
}

func TestThrow(t *testing.T) {
	caught := New(func(y *Yielder[string, int]) (int, error) {
		_, err := y.Yield("first")
		_, err = y.Yield(err.Error())
		return 0, fmt.Errorf("uncaught: %w", err)
	})
	yields(t, "first")(caught.Next())
	fails[string](t, ErrThrowNil)(caught.Throw(nil))
	yields(t, errTest.Error())(caught.Throw(errTest))
	fails[string](t, errTest)(caught.Throw(errTest))
	isState(t, caught, Closed)
}

func TestBeforeTheFirstNext(t *testing.T) {
	for name, end := range map[string]func(g *Generator[int, int, int]){
		"Throw": func(g *Generator[int, int, int]) { fails[int](t, errTest)(g.Throw(errTest)) },
		"Close": func(g *Generator[int, int, int]) { closes(t, g) },
	} {
		g := New(func(*Yielder[int, int]) (int, error) {
			t.Errorf("%s entered the body", name)
			return 0, nil
		})
		end(g)
		isState(t, g, Closed)
		ends[int](t, 0)(g.Next())
	}
}

func TestClose(t *testing.T) {
	cleanup := errors.New("cleaning up failed")
	for _, c := range []struct {
		name  string
		reply func(err error) (int, error) // to the error at the yield
		want  error
	}{
		{"lets it out", func(err error) (int, error) { return 0, err }, nil},
		{"wraps it", func(err error) (int, error) { return 0, fmt.Errorf("reading: %w", err) }, nil},
		{"returns a value", func(error) (int, error) { return 7, nil }, nil},
		{"fails", func(error) (int, error) { return 0, cleanup }, cleanup},
		{"fails as well", func(err error) (int, error) { return 0, errors.Join(err, cleanup) }, cleanup},
	} {
		g := New(func(y *Yielder[int, int]) (int, error) {
			_, err := y.Yield(1)
			if !errors.Is(err, ErrGeneratorExit) {
				t.Errorf("%s: the yield returned %v", c.name, err)
			}
			return c.reply(err)
		})
		yields(t, 1)(g.Next())
		if err := g.Close(); !errors.Is(err, c.want) {
			t.Errorf("%s: Close returned %v, want %v", c.name, err, c.want)
		}
		isState(t, g, Closed)
		closes(t, g)
	}
}

func TestCloseIgnored(t *testing.T) {
	g := New(func(y *Yielder[int, int]) (int, error) {
		y.Yield(1)
		y.Yield(2)
		return 0, nil
	})
	yields(t, 1)(g.Next())
	if err := g.Close(); !errors.Is(err, ErrIgnoredGeneratorExit) {
		t.Errorf("Close returned %v", err)
	}
	isState(t, g, Suspended)
	closes(t, g)
}

// A body that lets another generator's end out does not seem to have ended.
func TestRaisedStopIteration(t *testing.T) {
	for _, wrap := range []string{"%w", "reading: %w"} {
		inner := count(0)
		g := New(func(y *Yielder[int, int]) (int, error) {
			v, err := inner.Next()
			return v, fmt.Errorf(wrap, err)
		})
		_, err := g.Next()
		var raised *RaisedStopIterationError
		if !errors.As(err, &raised) || !errors.Is(raised.Cause, ErrStopIteration) || errors.Is(err, ErrStopIteration) {
			t.Errorf("Next returned %v", err)
		}
		isState(t, g, Closed)
	}
}

func TestAlreadyExecuting(t *testing.T) {
	var g *Generator[int, int, int]
	g = New(func(y *Yielder[int, int]) (int, error) {
		fails[int](t, ErrAlreadyExecuting)(g.Next())
		fails[int](t, ErrAlreadyExecuting)(g.Send(1))
		fails[int](t, ErrAlreadyExecuting)(g.Throw(errTest))
		if err := g.Close(); !errors.Is(err, ErrAlreadyExecuting) {
			t.Errorf("Close returned %v", err)
		}
		rounds := 0
		for v, err := range g.All() {
			fails[int](t, ErrAlreadyExecuting)(v, err)
			if rounds++; rounds > 1 {
				t.Error("a loop goes on after an error")
				break
			}
		}
		return 1, nil
	})
	ends[int](t, 1)(g.Next())
}

func TestYieldOutside(t *testing.T) {
	var y *Yielder[int, int]
	g := New(func(mine *Yielder[int, int]) (int, error) {
		y = mine
		_, err := y.Yield(1)
		return 0, err
	})
	yields(t, 1)(g.Next())
	fails[int](t, ErrYieldOutside)(y.Yield(2))
	ends[int](t, 0)(g.Next())
	fails[int](t, ErrYieldOutside)(y.Yield(3))
	if err := FromSeq(y, slices.Values([]int{1})); !errors.Is(err, ErrYieldOutside) {
		t.Errorf("FromSeq returned %v", err)
	}
}

func TestAll(t *testing.T) {
	g := New(func(y *Yielder[int, int]) (int, error) {
		y.Yield(1)
		y.Yield(2)
		y.Yield(3)
		return 0, errTest
	})
	for v, err := range g.All() {
		yields(t, 1)(v, err)
		break
	}
	isState(t, g, Suspended)
	var got []int
	var last error
	for v, err := range g.All() {
		got, last = append(got, v), err
	}
	if !slices.Equal(got, []int{2, 3, 0}) || !errors.Is(last, errTest) {
		t.Errorf("got %v, %v", got, last)
	}
	for range count(0).All() {
		t.Error("an empty generator gave a value")
	}
}

// Goroutines that share a generator get each value once.
func TestSharedByGoroutines(t *testing.T) {
	const values = 100_000
	g := count(values)
	var sum atomic.Int64
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				v, err := g.Next()
				if errors.Is(err, ErrStopIteration) {
					return
				} else if err == nil {
					sum.Add(int64(v))
				} else if !errors.Is(err, ErrAlreadyExecuting) {
					t.Errorf("Next returned %v", err)
				}
			}
		})
	}
	all.Wait()
	if want := int64(values * (values - 1) / 2); sum.Load() != want {
		t.Errorf("the values add up to %d, want %d", sum.Load(), want)
	}
}

// Without a body there is an error in place of a first value, and an end after it.
func TestNoBody(t *testing.T) {
	for name, g := range map[string]*Generator[int, int, int]{"New": New[int, int, int](nil), "zero": {}} {
		t.Run(name, func(t *testing.T) {
			fails[int](t, ErrNoBody)(g.Next())
			isState(t, g, Closed)
			ends[int](t, 0)(g.Next())
			closes(t, g)
		})
	}
	g := New[int, int, int](nil)
	fails[int](t, errTest)(g.Throw(errTest))
	isState(t, g, Closed)
	closes(t, New[int, int, int](nil))
}
