package fidelity

import (
	"errors"
	"fmt"

	"concbench/models/coroutine/generator"
)

// Python's values have no types to choose, so these generators give, take and
// return any; nil is None.
type (
	pyGenerator = generator.Generator[any, any, any]
	pyYielder   = generator.Yielder[any, any]
	pyStop      = *generator.StopIteration[any]
)

func generator01Average(out *output) error {
	average := func() *pyGenerator {
		return generator.New(func(y *pyYielder) (any, error) {
			total, count := 0, 0
			var value any
			for {
				got, err := y.Yield(value)
				if err != nil {
					return nil, err
				}
				if got == nil {
					return value, nil
				}
				total += got.(int)
				count++
				value = float64(total) / float64(count)
			}
		})
	}

	g := average()
	out.print("primed:", must(g.Next()))
	for _, n := range []int{10, 20, 60} {
		out.print("send", n, "->", must(g.Send(n)))
	}
	_, err := g.Send(nil)
	stop, ok := errors.AsType[pyStop](err)
	if !ok {
		return err
	}
	out.print("StopIteration value:", stop.Value)
	_, err = g.Next()
	if stop, ok = errors.AsType[pyStop](err); !ok {
		return err
	}
	out.print("exhausted value:", stop.Value)
	fresh := average()
	if _, err = fresh.Send(5); !errors.Is(err, generator.ErrJustStarted) {
		return err
	}
	out.print("TypeError:", err)
	return nil
}

func generator02Throw(out *output) error {
	worker := func() *pyGenerator {
		return generator.New(func(y *pyYielder) (any, error) {
			defer out.print("worker finally")
			for {
				job, err := y.Yield("waiting")
				if bad, ok := errors.AsType[valueError](err); ok {
					out.print("caught inside:", bad)
					continue
				}
				if err != nil {
					return nil, err
				}
				out.print("job", job)
			}
		})
	}

	g := worker()
	out.print(must(g.Next()))
	out.print(must(g.Send("one")))
	out.print(must(g.Throw(valueError("bad job"))))
	out.print(must(g.Send("two")))
	_, err := g.Throw(keyError("fatal"))
	fatal, ok := errors.AsType[keyError](err)
	if !ok {
		return err
	}
	out.print("KeyError came out:", fatal)
	g = worker()
	must(g.Next())
	if err := g.Close(); err != nil {
		return err
	}
	out.print("closed")
	return nil
}

func generator03YieldFrom(out *output) error {
	inner := func(name string) *pyGenerator {
		return generator.New(func(y *pyYielder) (any, error) {
			got, err := y.Yield(name + " ready")
			for err == nil && got != "end" {
				got, err = y.Yield(fmt.Sprint(name, " echoes ", got))
				if oops, ok := errors.AsType[runtimeError](err); ok {
					got, err = y.Yield(fmt.Sprint(name, " caught ", oops))
				}
			}
			return name + " result", err
		})
	}
	outer := func() *pyGenerator {
		return generator.New(func(y *pyYielder) (any, error) {
			first, err := generator.From(y, inner("A"))
			if err != nil {
				return nil, err
			}
			out.print("A gave:", first)
			second, err := generator.From(y, inner("B"))
			if err != nil {
				return nil, err
			}
			out.print("B gave:", second)
			return fmt.Sprint(first, " and ", second), nil
		})
	}

	g := outer()
	out.print(must(g.Next()))
	out.print(must(g.Send("hello")))
	out.print(must(g.Throw(runtimeError("oops"))))
	out.print(must(g.Send("again")))
	out.print(must(g.Send("end")))
	_, err := g.Send("end")
	stop, ok := errors.AsType[pyStop](err)
	if !ok {
		return err
	}
	out.print("outer gave:", stop.Value)
	return nil
}

func generator04FibonacciTasks(out *output) error {
	fibonacci := func(limit int) *pyGenerator {
		return generator.New(func(y *pyYielder) (any, error) {
			for a, b := 0, 1; a < limit; a, b = b, a+b {
				if _, err := y.Yield(a); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
	}
	countdown := func(n int) *pyGenerator {
		return generator.New(func(y *pyYielder) (any, error) {
			for ; n > 0; n-- {
				if _, err := y.Yield(n); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
	}

	type named struct {
		name string
		*pyGenerator
	}
	tasks := []named{{"fib", fibonacci(6)}, {"down", countdown(3)}}
	for len(tasks) > 0 {
		task := tasks[0]
		tasks = tasks[1:]
		v, err := task.Next()
		switch {
		case errors.Is(err, generator.ErrStopIteration):
			out.print(task.name, "finished")
		case err != nil:
			return err
		default:
			out.print(task.name, v)
			tasks = append(tasks, task)
		}
	}
	return nil
}
