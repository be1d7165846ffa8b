package workloads

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"concbench/models"
	"concbench/results"
)

// A stepLine is one line of the small form: what a task says, and in which
// second of its own life.
type stepLine struct {
	second int
	text   string
}

// stepLines are the lines of the task for n: a word before each factor, the
// result at the end, a second between two of them.
func stepLines(name string, n int) []stepLine {
	var lines []stepLine
	f := 1
	for k := 2; k <= n; k++ {
		lines = append(lines, stepLine{k - 2, fmt.Sprintf("%s: factorial(%d), now times %d", name, n, k)})
		f *= k
	}
	return append(lines, stepLine{n - 1, fmt.Sprintf("%s: factorial(%d) = %d", name, n, f)})
}

// taskName counts A, B, ..., Z, A1, ...
func taskName(i int) string {
	name := string(rune('A' + i%26))
	if i >= 26 {
		name += fmt.Sprint(i / 26)
	}
	return name
}

// A stepLog prints lines as they come and keeps them.
type stepLog struct {
	mu    sync.Mutex // held while a line is written, never across a wait
	out   *printer
	lines []stepLine
}

func (l *stepLog) print(line stepLine) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
	l.out.line(line.text)
}

// outOfOrder counts lines that came after a line of a later second. It is a
// measurement and no part of the ledger: serial prints each task's lines
// together, and elsewhere a busy machine can delay a line.
func (l *stepLog) outOfOrder() int {
	n, latest := 0, 0
	for _, line := range l.lines {
		if line.second < latest {
			n++
		}
		latest = max(latest, line.second)
	}
	return n
}

func runSteps(t *Trial) error {
	ns := numbersOf(t.Params)
	second := time.Duration(t.Scale * float64(time.Second))
	log := &stepLog{out: &printer{out: t.output()}}
	var l ledger
	var all stopwatch
	err := t.Measure(func(main models.Task) error {
		all.begin = time.Now()
		var handles []models.Handle
		for i, n := range ns {
			handles = append(handles, main.Start(taskName(i), func(t models.Task) error {
				l.created.Add(1)
				early, err := steps(t, log, stepLines(taskName(i), n), second)
				if err != nil {
					return err
				}
				if !early {
					l.finished.Add(1)
				}
				all.lap()
				return nil
			}))
		}
		return models.JoinAll(main, handles...)
	})
	l.messages.Store(int64(len(log.lines)))
	t.Work = l.work(linesSum(log.lines))
	if err != nil {
		return err
	}
	all.report(t)
	t.set("lines-out-of-order", float64(log.outOfOrder()))
	return log.out.err
}

// steps prints lines with a second between them, and says whether a sleep was
// shorter than that.
func steps(t models.Task, log *stepLog, lines []stepLine, second time.Duration) (early bool, err error) {
	for i, line := range lines {
		if i > 0 {
			began := time.Now()
			if err := t.Sleep(second); err != nil {
				return early, err
			}
			early = early || time.Since(began) < second
		}
		log.print(line)
	}
	return early, nil
}

func expectSteps(ns []int) results.Work {
	var lines []stepLine
	for i, n := range ns {
		lines = append(lines, stepLines(taskName(i), n)...)
	}
	count := int64(len(ns))
	return results.Work{Created: count, Finished: count, Messages: int64(len(lines)), Checksum: linesSum(lines)}
}

// linesSum does not depend on the order in which the lines came.
func linesSum(lines []stepLine) string {
	var texts []string
	for _, l := range lines {
		texts = append(texts, l.text)
	}
	slices.Sort(texts)
	return checksum(texts...)
}
