package coroutine

import (
	"cmp"
	"maps"
	"runtime"
	"slices"
)

// An alarm belongs to a promise that has failed. It rings, through the loop's
// exception handler, if nobody has asked for the error by the time the promise
// is collected or the loop is closed. It does not refer to its promise, which
// could not be collected otherwise; the promise refers to it.
type alarm struct {
	loop   *Loop
	number int
	report ErrorReport
}

// alarms are those that have neither rung nor been silenced.
type alarms struct {
	set  map[*alarm]struct{}
	last int
}

// arm is called as the promise fails with err.
func (p *promise) arm(err error) {
	l := p.loop
	if l.joins {
		return // Run returns the first failure there
	}
	report := ErrorReport{Message: "Future exception was never retrieved", Err: err}
	if t, ok := p.owner.(*Task); ok {
		report = ErrorReport{Message: "Task exception was never retrieved", Err: err, TaskName: t.Name()}
	}
	l.alarms.last++
	p.alarm = &alarm{l, l.alarms.last, report}
	if l.alarms.set == nil {
		l.alarms.set = map[*alarm]struct{}{}
	}
	l.alarms.set[p.alarm] = struct{}{}
	// A loop that is closed has rung all that were left.
	runtime.AddCleanup(p, func(a *alarm) { a.loop.CallSoonThreadsafe(a.ring) }, p.alarm)
}

// retrieved silences the promise's alarm.
func (p *promise) retrieved() {
	if p.alarm != nil {
		delete(p.loop.alarms.set, p.alarm)
		p.alarm = nil
	}
}

func (a *alarm) ring() {
	if _, armed := a.loop.alarms.set[a]; armed {
		delete(a.loop.alarms.set, a)
		a.loop.CallExceptionHandler(a.report)
	}
}

// ringAll rings those that are left, oldest failure first.
func (as *alarms) ringAll() {
	for _, a := range slices.SortedFunc(maps.Keys(as.set), func(a, b *alarm) int { return cmp.Compare(a.number, b.number) }) {
		a.ring()
	}
}
