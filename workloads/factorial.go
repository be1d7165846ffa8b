package workloads

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"concbench/models"
	"concbench/results"
)

var factorial = Workload{
	Name: "Factorial",
	Doc:  "Tasks compute large factorials, one each, and hash their decimal digits.",
	Params: []ParamDef{
		{Name: "form", Default: "cpu", Doc: "cpu: large numbers, no waiting; steps: small numbers, a second of sleep before each multiplication", Check: oneOf("cpu", "steps")},
		{Name: "numbers", Default: "80000,100000,120000,140000", Doc: "whose factorials, one task each; up to 20 with form=steps", Check: checkNumbers},
		{Name: "yields", Default: "no", Doc: "yes: yield after each multiplication of chunks, with form=cpu", Check: oneOf("no", "yes")},
	},
	Metrics: []results.Metric{
		{Name: "makespan-sec", Title: "time until all factorials are there", Better: results.Lower},
		{Name: "first-result-sec", Title: "time until the first is there", Better: results.Lower},
		{Name: "lines-out-of-order", Title: "lines printed after one that belongs to a later second", Better: results.Neither},
	},
	Supports: func(_ string, _ models.Traits, p Params) error {
		for _, n := range numbersOf(p) {
			if p.String("form") == "steps" && n > 20 {
				return fmt.Errorf("form=steps sleeps a second for each step, and %d has %d: try numbers=2,3,4", n, n-1)
			}
		}
		return nil
	},
	Expect: expectFactorial,
	Run: func(t *Trial) error {
		if t.Params.String("form") == "steps" {
			return runSteps(t)
		}
		return runFactorial(t)
	},
	Typical: typicalFactorial,
}

// maxNumber keeps one multiplication within seconds.
const maxNumber = 1_000_000

func checkNumbers(s string) error {
	fields := strings.Split(s, ",")
	for _, f := range fields {
		if n, err := strconv.Atoi(f); err != nil || n < 2 || n > maxNumber {
			return fmt.Errorf("%q: want whole numbers from 2 to %d, with commas between", f, maxNumber)
		}
	}
	if len(fields) > 1000 {
		return fmt.Errorf("want at most 1000 numbers, not %d", len(fields))
	}
	return nil
}

func numbersOf(p Params) []int {
	var ns []int
	for _, f := range strings.Split(p.String("numbers"), ",") {
		n, err := strconv.Atoi(f)
		if err != nil {
			panic("workloads: unchecked numbers: " + err.Error())
		}
		ns = append(ns, n)
	}
	return ns
}

// typicalFactorial grows a little faster than the square of the numbers, as
// multiplication and conversion do at these sizes.
func typicalFactorial(name string, p Params, scale float64) time.Duration {
	ns := numbersOf(p)
	var sum, longest time.Duration
	for _, n := range ns {
		d := time.Duration(float64(n) * float64(n) / 1e8 * float64(time.Millisecond))
		if p.String("form") == "steps" {
			d = time.Duration(float64(n-1) * scale * float64(time.Second))
		}
		sum, longest = sum+d, max(longest, d)
	}
	if p.String("form") == "steps" && name != "serial" {
		return longest
	}
	return sum
}

// A stopwatch keeps when the first and the last of several tasks had a result.
type stopwatch struct {
	mu          sync.Mutex // held for a few instructions, never across a wait
	first, last time.Time
}

func (s *stopwatch) lap() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = time.Now()
	if s.first.IsZero() {
		s.first = s.last
	}
}

func (s *stopwatch) report(t *Trial, whole stretch) {
	t.set("makespan-sec", s.last.Sub(whole.from).Seconds())
	t.set("first-result-sec", s.first.Sub(whole.from).Seconds())
}
