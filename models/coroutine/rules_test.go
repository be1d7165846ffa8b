package coroutine

import (
	"fmt"
	"slices"
)

// rules are what the primitives promise, kept beside them in the simplest way.
// What is broken is collected: a task cannot fail a test from the loop's thread.
type rules struct{ broken []string }

func (r *rules) check(kept bool, format string, args ...any) {
	if !kept {
		r.broken = append(r.broken, fmt.Sprintf(format, args...))
	}
}

// An arrival is a task that has come to wait.
type arrival struct {
	task     *Task
	requests int  // of cancellation, as it came
	notified bool // at a condition
	since    int  // what the primitive counts, as it came
}

// cancelled reports whether the task was cancelled since: others may overtake
// it although it has not left yet.
func (a *arrival) cancelled() bool { return a.task.Cancelling() > a.requests }

// A line is those who wait, in the order in which they came.
type line struct{ waiting []*arrival }

func (l *line) join(t *Task) *arrival {
	a := &arrival{task: t, requests: t.Cancelling()}
	if t.pending != nil {
		a.requests-- // it is to be cancelled as soon as it waits
	}
	l.waiting = append(l.waiting, a)
	return a
}

func (l *line) leave(a *arrival) {
	l.waiting = slices.DeleteFunc(l.waiting, func(other *arrival) bool { return other == a })
}

// patient is those who have not been cancelled.
func (l *line) patient() (all []*arrival) {
	for _, a := range l.waiting {
		if !a.cancelled() {
			all = append(all, a)
		}
	}
	return all
}

// pass lets a through, who must not overtake anybody.
func (l *line) pass(r *rules, a *arrival, what string) {
	for _, other := range l.waiting[:slices.Index(l.waiting, a)] {
		r.check(other.cancelled(), "%s overtakes %s at %s", a.task.Name(), other.task.Name(), what)
	}
	l.leave(a)
}

// pass or leave, as err says.
func (l *line) end(r *rules, a *arrival, err error, what string) {
	if err == nil {
		l.pass(r, a, what)
	} else {
		l.leave(a)
	}
}

// A ruledSection is a lock or a semaphore: never are more inside than permits.
type ruledSection struct {
	*rules
	acquirer
	name            string
	inside, permits int
	line            line
}

func (s *ruledSection) enter(t *Task, body func() error) error {
	a := s.line.join(t)
	begun := false
	err := with("With", s.acquirer, t, func() error {
		begun = true
		s.line.pass(s.rules, a, s.name)
		s.inside++
		defer func() { s.inside-- }()
		s.check(s.inside <= s.permits, "%d inside %s of %d", s.inside, s.name, s.permits)
		return body()
	})
	if !begun {
		s.line.leave(a)
	}
	return err
}

// atRest is what holds when nothing is going to happen: nobody waits for what
// there is.
func (s *ruledSection) atRest() {
	s.check(s.inside == s.permits || len(s.line.waiting) == 0, "%s has %d of %d inside, and %d wait", s.name, s.inside, s.permits, len(s.line.waiting))
}

type ruledEvent struct {
	*rules
	Event
	sets int
	line line
}

func (e *ruledEvent) wait(t *Task) error {
	a := e.line.join(t)
	a.since = e.sets
	err := e.Event.Wait(t)
	e.line.leave(a)
	e.check(err != nil || e.IsSet() || e.sets > a.since, "a wait ends without Set")
	return err
}

func (e *ruledEvent) set() {
	e.sets++
	e.Event.Set()
}

func (e *ruledEvent) atRest() {
	for _, a := range e.line.waiting {
		e.check(!e.IsSet() && a.since == e.sets, "%s waits after Set", a.task.Name())
	}
}

// A ruledCondition: who waits goes on when notified, who is notified goes on,
// or passes the notification on, and all hold the lock alone when they do.
type ruledCondition struct {
	*rules
	*Condition
	lock *ruledSection
	line line
}

func (c *ruledCondition) wait(t *Task) error {
	return c.lock.enter(t, func() error {
		a := c.line.join(t)
		c.lock.inside--
		err := c.Condition.Wait(t)
		c.check(c.lock.inside == 0 && c.Locked(), "Wait returns without the lock for itself")
		c.lock.inside++
		c.line.leave(a)
		c.check(err != nil || a.notified, "Wait returns without a notification")
		if err != nil && a.notified {
			c.notified(1)
		}
		return err
	})
}

func (c *ruledCondition) notify(t *Task, n int) error {
	return c.lock.enter(t, func() error {
		c.notified(n)
		return c.Condition.Notify(n)
	})
}

func (c *ruledCondition) notified(n int) {
	for _, a := range c.line.patient() {
		if !a.notified && n > 0 {
			a.notified = true
			n--
		}
	}
}

func (c *ruledCondition) atRest() {
	for _, a := range c.line.waiting {
		c.check(!a.notified || c.Locked(), "the notification of %s is lost", a.task.Name())
	}
}

// A ruledBarrier: who comes last passes when all are there, and those who pass
// with it have places of their own.
type ruledBarrier struct {
	*rules
	*Barrier
	line   line
	places []int // of those who passed together
}

func (b *ruledBarrier) wait(t *Task) error {
	a := b.line.join(t)
	place, err := b.Barrier.Wait(t)
	b.line.leave(a)
	if err != nil {
		b.check(err == ErrBrokenBarrier || isCancellation(err), "a barrier fails with %v", err)
		return err
	}
	if b.inside == b.Parties()-1 { // the last to arrive is the first to leave
		b.check(len(b.line.waiting) >= b.inside, "%d pass together, want %d", len(b.line.waiting)+1, b.Parties())
		b.places = nil
	}
	b.check(!slices.Contains(b.places, place) && 0 <= place && place < b.Parties(), "%d after the places %v", place, b.places)
	b.places = append(b.places, place)
	return nil
}

func (b *ruledBarrier) atRest() {
	b.check(b.Waiting() == len(b.line.waiting) && b.Waiting() < b.Parties(), "%d of %d wait, and are %d", len(b.line.waiting), b.Parties(), b.Waiting())
}

// A ruledQueue holds what was put and not got, and gives what its kind says.
type ruledQueue struct {
	*rules
	*Queue[int]
	next              func(items []int) int // the index of the item to come
	items             []int
	unfinished, zeros int // zeros: how often unfinished came to that
	putters, getters  line
	joiners           line
}

func (q *ruledQueue) put(t *Task, v int) error {
	a := q.putters.join(t)
	err := q.Queue.Put(t, v)
	q.putters.end(q.rules, a, err, "Put")
	return q.hasPut(v, err)
}

func (q *ruledQueue) hasPut(v int, err error) error {
	if err == nil {
		q.items = append(q.items, v)
		q.unfinished++
	}
	q.check(q.Len() == len(q.items) && (q.Maxsize() == 0 || q.Len() <= q.Maxsize()), "%d items and Len is %d of %d", len(q.items), q.Len(), q.Maxsize())
	return err
}

func (q *ruledQueue) get(t *Task) error {
	a := q.getters.join(t)
	v, err := q.Queue.Get(t)
	q.getters.end(q.rules, a, err, "Get")
	return q.hasGot(v, err)
}

func (q *ruledQueue) hasGot(v int, err error) error {
	if err != nil {
		return err
	}
	if len(q.items) == 0 {
		q.check(false, "got %d of nothing", v)
		return nil
	}
	i := q.next(q.items)
	q.check(v == q.items[i], "got %d, want %d of %v", v, q.items[i], q.items)
	q.items = slices.Delete(q.items, i, i+1)
	return nil
}

func (q *ruledQueue) done() {
	err := q.TaskDone()
	q.check((err == nil) == (q.unfinished > 0), "TaskDone = %v with %d unfinished", err, q.unfinished)
	if err == nil {
		q.unfinished--
		if q.unfinished == 0 {
			q.zeros++
		}
	}
}

func (q *ruledQueue) join(t *Task) error {
	a := q.joiners.join(t)
	a.since = q.zeros
	unfinished := q.unfinished
	err := q.Queue.Join(t)
	q.joiners.leave(a)
	q.check(err != nil || unfinished == 0 || q.zeros > a.since, "Join returns with %d unfinished", q.unfinished)
	return err
}

func (q *ruledQueue) atRest() {
	q.check(q.Empty() || len(q.getters.waiting) == 0, "%d wait to get one of %v", len(q.getters.waiting), q.items)
	q.check(q.Full() || len(q.putters.waiting) == 0, "%d wait to put to %v", len(q.putters.waiting), q.items)
	for _, a := range q.joiners.waiting {
		q.check(a.since == q.zeros, "%s was not told that all was done", a.task.Name())
	}
}
