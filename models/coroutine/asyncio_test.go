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

// recordedRounds is ROUNDS of the scripts of testdata that record.
const recordedRounds = 12

// A recordedProgram is a line of a recording in testdata: operations for tasks,
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

// replay runs the programs of a file, each in a world of its own, and compares
// what happens with what is recorded.
func replay(t *testing.T, file string, newWorld func(*course) world) {
	t.Helper()
	eachRecorded(t, file, 100, func(line int, p recordedProgram) {
		c := &course{}
		run(t, func(task *Task) error { c.take(task, p.Tasks, newWorld(c)); return nil })
		if !slices.Equal(c.trace, p.Trace) {
			t.Errorf("line %d: %v\n  here    %v\n  asyncio %v", line, p.Tasks, c.trace, p.Trace)
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

// A world is what the tasks of a program share; the twin of a World of
// testdata.
type world interface {
	// perform tells what came of an operation, in the words of the trace.
	perform(task *Task, o operation) string
	// loosen lets go what a task may want before it ends.
	loosen()
}

// A course is a program as it runs.
type course struct {
	tasks []*TaskOf[None]
	trace trace
}

func (c *course) take(task *Task, program [][]operation, w world) {
	for me, steps := range program {
		c.tasks = append(c.tasks, task.Start("task", func(task *Task) error {
			for i, o := range steps {
				outcome := w.perform(task, o)
				c.trace.add("%d.%d%s", me, i, outcome)
			}
			return nil
		}))
	}
	for range recordedRounds {
		task.Yield()
		c.trace.add("|")
	}
	for slices.ContainsFunc(c.tasks, func(t *TaskOf[None]) bool { return !t.Done() }) {
		w.loosen()
		for _, t := range c.tasks {
			t.Cancel()
		}
		task.Yield()
		c.trace.add("|")
	}
	for me, t := range c.tasks {
		c.trace.add("%d ended after %d requests", me, t.Cancelling())
	}
}

// Random programs of locks, semaphores, events, futures, awaits and cancels
// take the same course here as in CPython, to the round.
func TestAgainstAsyncio(t *testing.T) {
	replay(t, "testdata/asyncio.jsonl", func(c *course) world {
		w := &basicWorld{course: c}
		w.semaphores[1].permits = 1
		return w
	})
}

type basicWorld struct {
	*course
	locks      [2]Lock
	semaphores [2]Semaphore
	events     [2]Event
	futures    [2]*Future[any]
}

func (w *basicWorld) loosen() {}

func (w *basicWorld) perform(task *Task, o operation) string {
	switch err := w.try(task, o); {
	case err == nil:
		return ""
	case errors.Is(err, models.ErrCancelled):
		return " cancelled"
	default:
		return " refused"
	}
}

func (w *basicWorld) try(task *Task, o operation) (err error) {
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
		_, err = w.future(task, o.arg).Await(task)
	case "resolve":
		if f := w.future(task, o.arg); !f.Done() {
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

func (w *basicWorld) future(task *Task, i int) *Future[any] {
	if w.futures[i] == nil {
		w.futures[i] = NewFuture[any](task.Loop())
	}
	return w.futures[i]
}
