package generator_test

import (
	"errors"
	"fmt"

	"concbench/models/coroutine/generator"
)

// countTo yields 1 to n.
func countTo(n int) *generator.Generator[int, string, string] {
	return generator.New(func(y *generator.Yielder[int, string]) (string, error) {
		for i := 1; i <= n; i++ {
			if _, err := y.Yield(i); err != nil {
				return "", err
			}
		}
		return fmt.Sprint("counted to ", n), nil
	})
}

// Next gives the values one by one and then the end, which carries the value
// that the body returned.
func Example() {
	g := countTo(4)
	for {
		v, err := g.Next()
		var stop *generator.StopIteration[string]
		if errors.As(err, &stop) {
			fmt.Println("the end:", stop.Value)
			break
		}
		fmt.Println(v)
	}
	// Output:
	// 1
	// 2
	// 3
	// 4
	// the end: counted to 4
}

// A range loop takes the values up to the end.
func ExampleGenerator_All() {
	for v, err := range countTo(3).All() {
		if err != nil {
			fmt.Println("failed:", err)
			break
		}
		fmt.Println(v)
	}
	// Output:
	// 1
	// 2
	// 3
}

// A value sent in comes out of the yield at which the body waits: a running average.
func ExampleGenerator_Send() {
	average := generator.New(func(y *generator.Yielder[float64, float64]) (float64, error) {
		var total, mean float64
		for count := 1.0; ; count++ {
			got, err := y.Yield(mean)
			if err != nil {
				return mean, err
			}
			total += got
			mean = total / count
		}
	})
	defer average.Close()
	average.Next() // runs to the first yield, which takes the first value
	for _, n := range []float64{10, 20, 60} {
		mean, _ := average.Send(n)
		fmt.Println(mean)
	}
	// Output:
	// 10
	// 15
	// 30
}

// An error thrown in surfaces at the yield, where the body may handle it.
func ExampleGenerator_Throw() {
	errBad := errors.New("bad job")
	worker := generator.New(func(y *generator.Yielder[string, string]) (string, error) {
		defer fmt.Println("worker ends")
		for {
			job, err := y.Yield("waiting")
			switch {
			case errors.Is(err, errBad):
				fmt.Println("worker caught:", err)
			case err != nil:
				return "", err
			default:
				fmt.Println("worker does", job)
			}
		}
	})
	fmt.Println(worker.Next())
	fmt.Println(worker.Send("sweeping"))
	fmt.Println(worker.Throw(errBad))
	_, err := worker.Throw(errors.New("fire"))
	fmt.Println(worker.State(), err)
	// Output:
	// waiting <nil>
	// worker does sweeping
	// waiting <nil>
	// worker caught: bad job
	// waiting <nil>
	// worker ends
	// CLOSED fire
}

// Close lets the deferred calls of a waiting body run.
func ExampleGenerator_Close() {
	g := generator.New(func(y *generator.Yielder[string, string]) (string, error) {
		defer fmt.Println("file closed")
		_, err := y.Yield("first line")
		fmt.Println("the yield returned", err)
		return "", err
	})
	fmt.Println(g.Next())
	fmt.Println(g.Close())
	// Output:
	// first line <nil>
	// the yield returned GeneratorExit
	// file closed
	// <nil>
}

// A body that delegates passes everything through, and gets what the other one
// returns.
func ExampleFrom() {
	g := generator.New(func(y *generator.Yielder[int, string]) (string, error) {
		first, err := generator.From(y, countTo(2))
		if err != nil {
			return "", err
		}
		second, err := generator.From(y, countTo(1))
		return first + ", then " + second, err
	})
	for {
		v, err := g.Next()
		var stop *generator.StopIteration[string]
		if errors.As(err, &stop) {
			fmt.Println(stop.Value)
			break
		}
		fmt.Println(v)
	}
	// Output:
	// 1
	// 2
	// 1
	// counted to 2, then counted to 1
}
