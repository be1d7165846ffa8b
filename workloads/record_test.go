package workloads

import (
	"math/big"
	"strings"
	"testing"
	"time"
)

func TestLateness(t *testing.T) {
	l := newLateness()
	for i := range 100 {
		l.record(time.Duration(i+1) * time.Millisecond)
	}
	l.record(-1)
	if l.early != 1 || l.hist.TotalCount() != 100 {
		t.Errorf("%d early and %d values, want 1 and 100", l.early, l.hist.TotalCount())
	}
	var trial Trial
	if err := l.report(&trial, "lateness"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{"p50-lateness-sec": 0.050, "p99-lateness-sec": 0.099, "max-lateness-sec": 0.100} {
		if got := trial.Values[name]; got < want || got > want*1.001 {
			t.Errorf("%s is %v, want %v to three digits", name, got, want)
		}
	}
	if trial.Histograms["lateness"] == nil {
		t.Error("the histogram is not part of the trial")
	}
}

func TestQuantilesAreNotAboveTheLongest(t *testing.T) {
	l := newLateness()
	l.record(1_000_001)
	if got := l.quantile(99); got != 1_000_001 {
		t.Errorf("p99 of one value of 1000001 ns is %d ns", got)
	}
}

func TestLatenessOutOfRange(t *testing.T) {
	l := newLateness()
	l.record(3 * longestLateness)
	var trial Trial
	if err := l.report(&trial, "lateness"); err == nil || !strings.Contains(err.Error(), "1 values") {
		t.Errorf("%v, want an error about one value", err)
	}
	if len(trial.Values) != 0 {
		t.Errorf("numbers in spite of it: %v", trial.Values)
	}
}

func TestLatencyBoundsItsWakes(t *testing.T) {
	trial := newTrial(t, latency, newModel(t, "goroutine"), map[string]string{"duration": "10m", "period": "10us", "sleepers": "1000"})
	if _, err := latency.Expect(trial); err == nil || !strings.Contains(err.Error(), "try a longer period") {
		t.Errorf("%v, want an error that says what to try", err)
	}
}

func TestWakesOutOfOrder(t *testing.T) {
	zero := time.Unix(0, 0)
	at := func(s float64) time.Time { return zero.Add(time.Duration(s * float64(time.Second))) }
	slept := func(want int, began, ended float64) sleeper {
		return sleeper{stay{began: at(began), ended: at(ended)}, time.Duration(want) * time.Second}
	}
	tests := []struct {
		name string
		both []sleeper
		want int
	}{
		{"together", []sleeper{slept(5, 0, 5.1), slept(3, 0, 3.1)}, 0},
		{"one after another", []sleeper{slept(5, 0, 5), slept(3, 5, 8)}, 0},
		{"the short one late", []sleeper{slept(5, 0, 5), slept(3, 0, 6)}, 1},
	}
	for _, test := range tests {
		if got := outOfOrder(test.both); got != test.want {
			t.Errorf("%s: %d wake-ups out of order, want %d", test.name, got, test.want)
		}
	}
}

func TestLinesOutOfOrder(t *testing.T) {
	log := stepLog{lines: []stepLine{{second: 0}, {second: 1}, {second: 0}, {second: 1}, {second: 2}}}
	if got := log.outOfOrder(); got != 1 {
		t.Errorf("%d lines out of order, want 1", got)
	}
}

func TestFactorialRemainder(t *testing.T) {
	for _, n := range []int{2, 20, 21, 100, 5000} {
		f := new(big.Int).MulRange(1, int64(n))
		if want := new(big.Int).Mod(f, big.NewInt(prime)).Uint64(); factorialMod(n) != want {
			t.Errorf("%d! modulo %d: %d, want %d", n, int64(prime), factorialMod(n), want)
		}
	}
}

// Each chunk, each product of two and what follows is a step; the route to the
// number of them is not the one that counts.
func TestStepsOfAFactorial(t *testing.T) {
	for n, want := range map[int]int{2: 1, chunk: 1, chunk + 1: 3, 4 * chunk: 7} {
		if got := stepsOf(1, n); got != want {
			t.Errorf("%d! takes %d steps, want %d", n, got, want)
		}
	}
}

func TestStepLines(t *testing.T) {
	var texts []string
	for _, l := range stepLines(taskName(2), 4) {
		texts = append(texts, l.text)
	}
	want := "C: factorial(4), now times 2\nC: factorial(4), now times 3\nC: factorial(4), now times 4\nC: factorial(4) = 24"
	if got := strings.Join(texts, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if taskName(27) != "B1" {
		t.Errorf("task 27 is %s, want B1", taskName(27))
	}
}
