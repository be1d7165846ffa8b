package workloads

import (
	"fmt"
	"math/big"
	"runtime/debug"
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

// expectFactorial computes the digits by another route than the tasks do.
func expectFactorial(t *Trial) (results.Work, error) {
	if t.Params.String("form") == "steps" {
		return expectSteps(numbersOf(t.Params)), nil
	}
	ns := numbersOf(t.Params)
	var sums []string
	digits := 0
	for _, n := range ns {
		text := new(big.Int).MulRange(1, int64(n)).String()
		digits += len(text)
		sums = append(sums, factorialSum(n, text))
	}
	count := int64(len(ns))
	return results.Work{Created: count, Finished: count, Bytes: int64(digits), Checksum: checksum(sums...)}, nil
}

func factorialSum(n int, digits string) string { return fmt.Sprintf("%d! %s", n, checksum(digits)) }

// runFactorial has the collector of garbage off, under every model: the garbage
// is a few ten megabytes, and the threads model, which needs a larger GOMAXPROCS,
// would be charged for more collecting threads than the others. What is measured
// is computing, and the lock.
func runFactorial(t *Trial) error {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	ns := numbersOf(t.Params)
	yields := t.Params.String("yields") == "yes"
	sums := make([]string, len(ns))
	var l ledger
	var all stopwatch
	err := t.Measure(func(main models.Task) error {
		all.begin = time.Now()
		var handles []models.Handle
		for i, n := range ns {
			handles = append(handles, main.Start(fmt.Sprintf("factorial %d", n), func(t models.Task) error {
				l.created.Add(1)
				digits, err := factorialDigits(t, n, yields)
				if err != nil {
					return err
				}
				sums[i] = factorialSum(n, digits)
				l.bytes.Add(int64(len(digits)))
				l.finished.Add(1)
				all.lap()
				return nil
			}))
		}
		return models.JoinAll(main, handles...)
	})
	t.Work = l.work(checksum(sums...))
	if err != nil {
		return err
	}
	all.report(t)
	return nil
}

// A stopwatch keeps when the first and the last of several tasks had a result.
type stopwatch struct {
	begin       time.Time
	mu          sync.Mutex // held for a few instructions, never across a wait
	first, last time.Duration
}

func (s *stopwatch) lap() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = time.Since(s.begin)
	if s.first == 0 {
		s.first = s.last
	}
}

func (s *stopwatch) report(t *Trial) {
	t.set("makespan-sec", s.last.Seconds())
	t.set("first-result-sec", s.first.Seconds())
}
