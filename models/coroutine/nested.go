package coroutine

import (
	"iter"

	"concbench/models/coroutine/generator"
)

// A nested coroutine is a body inside a task that can be left at a yield and
// entered again, by the same task or another. When the body waits, it switches
// to the task's own stack, which waits in its place: so the loop sees one task.
type nested struct {
	loop   *Loop
	state  nestedState
	driver *Task // whose request it works on
	err    error // that the body returned

	resume     func() (signal, bool)
	stop       func()
	yield      func(signal) bool
	home       uintptr // the goroutine on which the body runs
	resumption bool    // what the wait of the task's own stack returned
	stopped    bool
}

type nestedState uint8

const (
	created nestedState = iota
	running
	suspended
	ended
)

// A signal says why the nested coroutine switches back.
type signal uint8

const (
	waits signal = iota
	yields
)

func (n *nested) begin(l *Loop, run func() error) {
	n.loop = l
	n.resume, n.stop = iter.Pull(func(yield func(signal) bool) {
		n.yield, n.home = yield, goroutine()
		n.driver.stack.home = n.home
		n.err = run()
	})
}

// drive runs the body to its next yield or its end, which it tells apart, in
// the name of t.
func (n *nested) drive(t *Task) (yielded bool) {
	own, home := t.yield, t.stack.home
	n.state, n.driver, t.yield, t.stack.home = running, t, n.wait, n.home
	alive := false
	defer func() {
		n.state, n.driver, t.yield, t.stack.home = ended, nil, own, home
		if alive {
			n.state = suspended
		}
	}()
	for {
		why, more := n.resume()
		if !more || why == yields {
			alive = more
			return more
		}
		n.resumption = own(false)
	}
}

// wait is the yield of the task while the body runs.
func (n *nested) wait(bool) bool { return n.yield(waits) && n.resumption }

// abandoned answers a yield after the loop has given the generator up, and
// panics the second time: a body that ignores errors would never end.
func (n *nested) abandoned() error {
	if n.stopped {
		panic("coroutine: an asynchronous generator yields again although its loop has ended")
	}
	n.stopped = true
	return generator.ErrGeneratorExit
}

// abandon ends the body at its yield, when the loop is closed.
func (n *nested) abandon() {
	if n.state == suspended {
		n.state = ended
		n.stop()
	}
}
