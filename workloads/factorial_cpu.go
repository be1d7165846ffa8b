package workloads

import (
	"fmt"
	"math/big"
	"runtime/debug"
	"sync/atomic"

	"concbench/models"
	"concbench/results"
)

// expectFactorial computes the digits by another route than the tasks do.
func expectFactorial(t *Trial) (results.Work, error) {
	if t.Params.String("form") == "steps" {
		return expectSteps(numbersOf(t.Params)), nil
	}
	ns := numbersOf(t.Params)
	var sums []string
	digits, steps := 0, 0
	for _, n := range ns {
		text := new(big.Int).MulRange(1, int64(n)).String()
		digits += len(text)
		steps += stepsOf(1, n) + 2 // the remainder and the digits
		sums = append(sums, factorialSum(n, text))
	}
	count := int64(len(ns))
	return results.Work{Created: count, Finished: count, Messages: int64(steps), Bytes: int64(digits), Checksum: checksum(sums...)}, nil
}

func factorialSum(n int, digits string) string { return fmt.Sprintf("%d! %s", n, checksum(digits)) }

// runFactorial has the collector of garbage off, under every model: the garbage
// is a few ten megabytes, and the threads model, which needs a larger GOMAXPROCS,
// would be charged for more collecting threads than the others. What is measured
// is computing, and the lock.
func runFactorial(t *Trial) error {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	f := newFactorials(t.Params)
	whole, err := t.measureTasks(len(f.tasks),
		func(i int) string { return f.tasks[i].name },
		func(t models.Task, i int) error { return f.compute(t, &f.tasks[i]) })
	t.Work = f.work(t, whole)
	if err != nil {
		return err
	}
	f.watch.report(t, whole)
	return nil
}

// factorials are the tasks of a trial and what they share.
type factorials struct {
	tasks  []factorialTask
	yields bool
	watch  stopwatch
	ledger ledger
	inside atomic.Int32 // tasks in the middle of a step
	aside  atomic.Int32 // steps begun while another task was in one
}

// A factorialTask is what one task alone writes.
type factorialTask struct {
	stay
	n   int
	sum string
}

func newFactorials(p Params) *factorials {
	ns := numbersOf(p)
	f := &factorials{tasks: make([]factorialTask, len(ns)), yields: p.String("yields") == "yes"}
	for i, n := range ns {
		f.tasks[i].name, f.tasks[i].n = fmt.Sprintf("factorial %d", n), n
	}
	return f
}

func (f *factorials) compute(t models.Task, task *factorialTask) error {
	task.begin()
	defer task.end()
	f.ledger.created.Add(1)
	digits, err := (&product{Task: t, factorials: f}).digits(task.n)
	if err != nil {
		return err
	}
	task.sum = factorialSum(task.n, digits)
	f.ledger.bytes.Add(int64(len(digits)))
	f.ledger.finished.Add(1)
	f.watch.lap()
	return nil
}

// work also refuses a model that computed several at once and says that it
// cannot: under the lock no step begins inside another one, and one processor does
// not give more time than passes.
func (f *factorials) work(t *Trial, whole stretch) results.Work {
	var sums []string
	var stays []*stay
	for i := range f.tasks {
		sums, stays = append(sums, f.tasks[i].sum), append(stays, &f.tasks[i].stay)
	}
	traits := t.Model.Traits()
	f.ledger.inspect(traits, whole, 0, stays...)
	if n := f.aside.Load(); n > 0 && exclusive(traits) {
		f.ledger.fault("%d steps were begun in the middle of another, when nobody else can run", n)
	}
	f.ledger.oneProcessor(traits, t.Probe)
	return f.ledger.work(checksum(sums...))
}
