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

// A stepRun is the small form's tasks and what they share.
type stepRun struct {
	tasks  []stepTask
	second time.Duration
	log    stepLog
	watch  stopwatch
	ledger ledger
}

type stepTask struct {
	stay
	lines []stepLine
}

func newStepRun(t *Trial) *stepRun {
	r := &stepRun{second: time.Duration(t.Scale * float64(time.Second)), log: stepLog{out: &printer{out: t.output()}}}
	for i, n := range numbersOf(t.Params) {
		r.tasks = append(r.tasks, stepTask{stay{name: taskName(i)}, stepLines(taskName(i), n)})
	}
	return r
}

func runSteps(t *Trial) error {
	r := newStepRun(t)
	whole, err := t.measureTasks(len(r.tasks),
		func(i int) string { return r.tasks[i].name },
		func(t models.Task, i int) error { return r.body(t, &r.tasks[i]) })
	t.Work = r.work(t.Model.Traits(), whole)
	if err != nil {
		return err
	}
	r.watch.report(t, whole)
	t.set("lines-out-of-order", float64(r.log.outOfOrder()))
	return r.log.out.err
}

// body prints lines with a second between them. A task with a second that was too
// short has not finished.
func (r *stepRun) body(t models.Task, task *stepTask) error {
	task.begin()
	defer task.end()
	r.ledger.created.Add(1)
	early := false
	for i, line := range task.lines {
		if i > 0 {
			began := time.Now()
			if err := t.Sleep(r.second); err != nil {
				return err
			}
			early = early || time.Since(began) < r.second
		}
		r.log.print(line)
	}
	if !early {
		r.ledger.finished.Add(1)
	}
	r.watch.lap()
	return nil
}

func (r *stepRun) work(traits models.Traits, whole stretch) results.Work {
	var stays []*stay
	for i := range r.tasks {
		stays = append(stays, &r.tasks[i].stay)
	}
	r.ledger.inspect(traits, whole, 0, stays...)
	r.ledger.messages.Store(int64(len(r.log.lines)))
	return r.ledger.work(linesSum(r.log.lines))
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
