package coroutine

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// ROUNDS and MORE_ROUNDS of testdata/record_composing.py.
const (
	composedRounds     = 14
	composedMoreRounds = 30
)

// staleMessage is the line where a gather is cancelled without a message, when
// its last child has long refused another cancel that had one. asyncio's gather
// raises with the message of that.
const staleMessage = 372

// A composedProgram is a line of testdata/composing.jsonl: the bodies of tasks,
// and the trace of what CPython 3.11.7's asyncio made of them.
type composedProgram struct {
	Tasks [][]step
	Trace trace
}

// A step is a line of a body: its kind, whether the body ends with its error,
// and what the kind needs.
type step struct {
	kind, onError string
	args          []json.RawMessage
}

func (s *step) UnmarshalJSON(text []byte) error {
	var all []json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	s.kind, s.onError, s.args = argument[string](all[0]), argument[string](all[1]), all[2:]
	return nil
}

func argument[T any](text json.RawMessage) (v T) {
	if err := json.Unmarshal(text, &v); err != nil {
		panic(err)
	}
	return v
}

// Random programs of gather, wait, wait_for, as_completed, shield, timeouts, task
// groups and cancels take the same course here as in CPython, to the round.
func TestComposingAgainstAsyncio(t *testing.T) {
	messages := 0
	eachRecorded(t, "testdata/composing.jsonl", 400, func(line int, p composedProgram) {
		w := &composedWorld{slots: map[[2]int]FutureOf[any]{}}
		runComposed(t, w, p.Tasks)
		same := sameEvent
		if line == staleMessage {
			same = sameButMessages
		}
		if !slices.EqualFunc(w.trace, p.Trace, same) {
			t.Errorf("line %d:\n  here    %q\n  asyncio %q", line, w.trace, p.Trace)
		}
		messages += strings.Count(strings.Join(p.Trace, ""), "cancelled(m")
	})
	if messages < 100 {
		t.Errorf("only %d messages of cancellation were compared", messages)
	}
}

var cancellation = regexp.MustCompile(`cancelled\((.*?)\)`)

// sameEvent reports whether here is asyncio's line. A cancelled task of asyncio
// gives its message to the first who asks, and a gather or a shield to nobody;
// here all get it.
func sameEvent(here, asyncio string) bool {
	got := cancellation.FindAllStringSubmatch(here, -1)
	for i, want := range cancellation.FindAllStringSubmatch(asyncio, -1) {
		if want[1] != "" && (i >= len(got) || got[i][1] != want[1]) {
			return false
		}
	}
	return sameButMessages(here, asyncio)
}

func sameButMessages(here, asyncio string) bool {
	return cancellation.ReplaceAllString(here, "") == cancellation.ReplaceAllString(asyncio, "")
}

func runComposed(t *testing.T, w *composedWorld, program [][]step) {
	t.Helper()
	l, finish := checkedLoop(t)
	defer finish()
	l.SetExceptionHandler(func(*Loop, ErrorReport) {})
	w.loop = l
	for i := range w.futures {
		w.futures[i] = NewFuture[any](l)
	}
	_, err := RunUntilComplete(l, NewCoroutine(func(task *Task) (None, error) { return None{}, w.main(task, program) }))
	if err != nil {
		t.Error(err)
	}
}

// A composedWorld is what the tasks of a program share; the twin of World in
// testdata/record_composing.py.
type composedWorld struct {
	loop    *Loop
	trace   trace
	futures [3]*Future[any]
	tasks   []*TaskOf[any]
	running []*Task // those that have begun
	slots   map[[2]int]FutureOf[any]
}

func (w *composedWorld) main(task *Task, program [][]step) error {
	for top, steps := range program {
		w.tasks = append(w.tasks, CreateTask(task, place{w, top, nil, nil}.body(fmt.Sprint(top), steps)))
	}
	for range composedRounds {
		w.round(task)
	}
	for range composedMoreRounds {
		for _, t := range w.tasks {
			w.end(&t.Task)
		}
		for _, t := range w.running {
			w.end(t)
		}
		w.round(task)
	}
	return nil
}

func (w *composedWorld) end(t *Task) {
	if !t.Done() {
		t.Cancel()
	}
}

// round makes an hour of a round, so that timeouts pass when they should.
func (w *composedWorld) round(task *Task) {
	w.loop.epoch = w.loop.epoch.Add(-time.Hour)
	w.loop.asking.now()
	task.Yield()
	if n := len(w.trace); n > 0 && w.trace[n-1][0] == '|' {
		w.trace[n-1] += "|"
	} else {
		w.trace.add("|")
	}
}

// A place is where a body stands: the twin of Scope.
type place struct {
	*composedWorld
	top     int
	group   *TaskGroup
	timeout *Timeout
}

func (p place) body(me string, steps []step) func(*Task) (any, error) {
	return func(task *Task) (any, error) {
		if !slices.Contains(p.running, task) {
			p.running = append(p.running, task)
		}
		for i, s := range steps {
			label := fmt.Sprintf("%s.%d", me, i)
			value, err := p.perform(task, label, s)
			if err == nil {
				p.trace.add("%s %s", label, inPython(value))
				continue
			}
			p.trace.add("%s %s", label, inPython(err))
			if s.onError == "raise" {
				return nil, err
			}
		}
		return me, nil
	}
}

func (p place) item(task *Task, label string, text json.RawMessage) Awaitable[any] {
	all := argument[[]json.RawMessage](text)
	switch kind := argument[string](all[0]); kind {
	case "task":
		return p.tasks[argument[int](all[1])]
	case "future":
		return p.futures[argument[int](all[1])]
	case "body":
		return NewCoroutine(place{p.composedWorld, p.top, nil, nil}.body(label, argument[[]step](all[1])))
	case "shield":
		return Shield(task, p.item(task, label, all[1]))
	case "gather":
		return p.gather(task, label, all[1:])
	default:
		panic("unknown item " + kind)
	}
}

func (p place) items(task *Task, label string, text json.RawMessage) []Awaitable[any] {
	var items []Awaitable[any]
	for i, item := range argument[[]json.RawMessage](text) {
		items = append(items, p.item(task, fmt.Sprintf("%s.%d", label, i), item))
	}
	return items
}

func (p place) futuresOf(task *Task, label string, text json.RawMessage) (futures []FutureOf[any]) {
	for _, item := range p.items(task, label, text) {
		futures = append(futures, item.(FutureOf[any]))
	}
	return futures
}

// gather has futures of either form look alike.
func (p place) gather(task *Task, label string, args []json.RawMessage) FutureOf[any] {
	items := p.items(task, label, args[1])
	if argument[string](args[0]) == "strict" {
		return anyFuture[[]any]{Gather(task, items...)}
	}
	return anyFuture[[]Outcome[any]]{GatherOutcomes(task, items...)}
}

type anyFuture[T any] struct{ *Future[T] }

func (f anyFuture[T]) Await(t *Task) (any, error) { return f.Future.Await(t) }
func (f anyFuture[T]) Result() (any, error)       { return f.Future.Result() }

// timeoutOf is a timeout in seconds, or none.
func timeoutOf(text json.RawMessage) time.Duration {
	if s := argument[*int](text); s != nil {
		return time.Duration(*s) * time.Second
	}
	return NoTimeout
}

func (p place) perform(task *Task, label string, s step) (value any, err error) {
	switch s.kind {
	case "yield":
		return nil, task.Yield()
	case "sleep":
		return nil, task.Sleep(timeoutOf(s.args[0]))
	case "block":
		return nil, task.Sleep(1e5 * time.Hour)
	case "fail":
		return nil, errorText(label)
	case "uncancel":
		return task.Uncancel(), nil
	case "cancel":
		return p.cancel(argument[int](s.args[0]), argument[string](s.args[1])), nil
	case "resolve", "break", "drop", "renew", "future":
		return p.performFuture(task, label, s.kind, &p.futures[argument[int](s.args[0])], s.args[1:])
	case "timeout", "reschedule", "group", "spawn":
		return p.performScope(task, label, s)
	case "start", "slot", "stop":
		return p.performSlot(task, label, s)
	}
	return p.performWait(task, label, s)
}

// An errorText is a ValueError.
type errorText string

func (e errorText) Error() string { return string(e) }

func (p place) cancel(n int, message string) bool {
	if n >= 0 {
		return cancelWith(p.tasks[n], message)
	}
	return cancelWith(p.running[len(p.running)+max(n, -len(p.running))], message)
}

func cancelWith(f AnyFuture, message string) bool {
	if message == "" {
		return f.Cancel()
	}
	return f.CancelWith(message)
}

func (p place) performFuture(task *Task, label, kind string, f **Future[any], args []json.RawMessage) (any, error) {
	switch kind {
	case "resolve":
		if !(*f).Done() {
			(*f).SetResult(label)
		}
	case "break":
		if !(*f).Done() {
			(*f).SetError(errorText(label))
		}
	case "drop":
		return cancelWith(*f, argument[string](args[0])), nil
	case "renew":
		*f = NewFuture[any](p.loop)
	case "future":
		return (*f).Await(task)
	}
	return nil, nil
}

func (p place) performWait(task *Task, label string, s step) (any, error) {
	switch s.kind {
	case "await":
		return p.item(task, label, s.args[0]).Await(task)
	case "gather":
		return p.gather(task, label, s.args).Await(task)
	case "wait_for":
		return WaitFor(task, p.item(task, label, s.args[1]), timeoutOf(s.args[0]))
	case "wait":
		until := slices.Index([]string{"ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"}, argument[string](s.args[0]))
		return waitForItems(task, p.futuresOf(task, label, s.args[2]), ReturnWhen(until), timeoutOf(s.args[1]))
	case "as_completed":
		var items []Awaitable[any]
		for _, f := range p.futuresOf(task, label, s.args[1]) {
			if !f.Done() {
				items = append(items, f)
			}
		}
		came := []Outcome[any]{}
		for value, err := range AsCompleted(task, timeoutOf(s.args[0]), items...) {
			came = append(came, Outcome[any]{value, err})
		}
		return came, nil
	}
	panic("unknown step " + s.kind)
}

// waitForItems tells for each item whether it is done or pending.
func waitForItems(task *Task, items []FutureOf[any], until ReturnWhen, timeout time.Duration) (told string, err error) {
	done, pending, err := Wait(task, items, until, timeout)
	for _, f := range items {
		switch {
		case slices.Contains(done, f):
			told += "d"
		case slices.Contains(pending, f):
			told += "p"
		default:
			told += "-"
		}
	}
	return told, err
}

func (p place) performScope(task *Task, label string, s step) (value any, err error) {
	switch s.kind {
	case "timeout":
		var scope *Timeout
		err = WithTimeout(task, timeoutOf(s.args[0]), func(tm *Timeout) (err error) {
			scope = tm
			value, err = place{p.composedWorld, p.top, p.group, tm}.body(label, argument[[]step](s.args[1]))(task)
			return err
		})
		p.trace.add("%s expired %s requests %d", label, inPython(scope.Expired()), task.Cancelling())
	case "reschedule":
		if p.timeout != nil {
			d := timeoutOf(s.args[0])
			err = p.timeout.Reschedule(after(p.loop.Time(), d))
		}
	case "group":
		err = WithTaskGroup(task, func(g *TaskGroup) (err error) {
			for i, child := range argument[[][]step](s.args[0]) {
				CreateTask(g, place{p.composedWorld, p.top, g, nil}.body(fmt.Sprintf("%s.c%d", label, i), child))
			}
			value, err = place{p.composedWorld, p.top, g, p.timeout}.body(label, argument[[]step](s.args[1]))(task)
			return err
		})
		p.trace.add("%s requests %d", label, task.Cancelling())
	case "spawn":
		if p.group != nil {
			child := CreateTask(p.group, place{p.composedWorld, p.top, p.group, nil}.body(label, argument[[]step](s.args[0])))
			if child.Done() {
				_, err = child.Result()
			}
		}
	}
	return value, err
}

func (p place) performSlot(task *Task, label string, s step) (any, error) {
	at := [2]int{p.top, argument[int](s.args[0])}
	f, filled := p.slots[at]
	switch {
	case s.kind == "start":
		p.slots[at] = p.gather(task, label, s.args[1:])
	case !filled:
	case s.kind == "slot":
		return f.Await(task)
	case s.kind == "stop":
		return cancelWith(f, argument[string](s.args[1])), nil
	}
	return nil, nil
}

// inPython is the twin of text.
func inPython(x any) string {
	var usage *UsageError
	switch x := x.(type) {
	case nil:
		return "None"
	case bool:
		return map[bool]string{true: "True", false: "False"}[x]
	case []any:
		return "[" + allInPython(x) + "]"
	case []Outcome[any]:
		all := make([]any, len(x))
		for i, o := range x {
			all[i] = o.Value
			if o.Err != nil {
				all[i] = o.Err
			}
		}
		return "[" + allInPython(all) + "]"
	case *CancelledError:
		return "cancelled(" + x.Message + ")"
	case *GroupError:
		all := make([]any, len(x.Errors))
		for i, err := range x.Errors {
			all[i] = err
		}
		return "group[" + allInPython(all) + "]"
	case errorText:
		return "error(" + string(x) + ")"
	case error:
		switch {
		case x == ErrCancelled:
			return "cancelled()"
		case x == ErrTimeout:
			return "timeout"
		case errors.As(x, &usage):
			return "refused"
		}
	}
	return fmt.Sprint(x)
}

func allInPython(xs []any) string {
	texts := make([]string, len(xs))
	for i, x := range xs {
		texts[i] = inPython(x)
	}
	return strings.Join(texts, " ")
}
