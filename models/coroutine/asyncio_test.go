package coroutine

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"concbench/models"
)

// recordedRounds is ROUNDS of testdata/record_asyncio.py.
const recordedRounds = 12

// A recordedProgram is a line of testdata/asyncio.jsonl: operations for tasks,
// and the trace of what CPython 3.11.7's asyncio made of them.
type recordedProgram struct {
	Tasks [][]operation
	Trace trace
}

type operation struct {
	kind string
	arg  int
}

func (o *operation) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&o.kind, &o.arg})
}

// Random programs of locks, semaphores, events, futures, awaits and cancels
// take the same course here as in CPython, to the round.
func TestAgainstAsyncio(t *testing.T) {
	eachRecorded(t, "testdata/asyncio.jsonl", 100, func(line int, p recordedProgram) {
		w := &world{program: p.Tasks}
		run(t, w.main)
		if !slices.Equal(w.trace, p.Trace) {
			t.Errorf("line %d: %v\n  here    %v\n  asyncio %v", line, p.Tasks, w.trace, p.Trace)
		}
	})
}

// eachRecorded calls check with each line of a file, of which there must be
// enough.
func eachRecorded[P any](t *testing.T, file string, enough int, check func(line int, program P)) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	if len(lines) < enough {
		t.Fatalf("only %d programs", len(lines))
	}
	for i, line := range lines {
		var p P
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		check(i+1, p)
	}
}

// A world is what the tasks of a program share; the twin of World in
// testdata/record_asyncio.py.
type world struct {
	program    [][]operation
	trace      trace
	locks      [2]Lock
	semaphores [2]Semaphore
	events     [2]Event
	futures    [2]*Future[any]
	tasks      []*TaskOf[None]
}

func (w *world) main(task *Task) error {
	w.semaphores[1].permits = 1
	for i := range w.futures {
		w.futures[i] = NewFuture[any](task.Loop())
	}
	for me, steps := range w.program {
		w.tasks = append(w.tasks, task.Start("task", func(task *Task) error { w.body(task, me, steps); return nil }))
	}
	for range recordedRounds {
		task.Yield()
		w.trace.add("|")
	}
	for slices.ContainsFunc(w.tasks, func(t *TaskOf[None]) bool { return !t.Done() }) {
		for _, t := range w.tasks {
			t.Cancel()
		}
		task.Yield()
		w.trace.add("|")
	}
	for me, t := range w.tasks {
		w.trace.add("%d ended after %d requests", me, t.Cancelling())
	}
	return nil
}

func (w *world) body(task *Task, me int, steps []operation) {
	for i, o := range steps {
		switch err := w.perform(task, o); {
		case err == nil:
			w.trace.add("%d.%d", me, i)
		case errors.Is(err, models.ErrCancelled):
			w.trace.add("%d.%d cancelled", me, i)
		default:
			w.trace.add("%d.%d refused", me, i)
		}
	}
}

func (w *world) perform(task *Task, o operation) (err error) {
	switch o.kind {
	case "yield":
		return task.Yield()
	case "acquire":
		return w.locks[o.arg].Acquire(task)
	case "release":
		return w.locks[o.arg].Release()
	case "down":
		return w.semaphores[o.arg].Acquire(task)
	case "up":
		w.semaphores[o.arg].Release()
	case "wait":
		return w.events[o.arg].Wait(task)
	case "set":
		w.events[o.arg].Set()
	case "clear":
		w.events[o.arg].Clear()
	case "future":
		_, err = w.futures[o.arg].Await(task)
	case "resolve":
		if f := w.futures[o.arg]; !f.Done() {
			return f.SetResult(nil)
		}
	case "cancel":
		w.tasks[o.arg].Cancel()
	case "await":
		_, err = w.tasks[o.arg].Await(task)
	case "block":
		return task.Sleep(time.Hour)
	default:
		panic("unknown operation " + o.kind)
	}
	return err
}
