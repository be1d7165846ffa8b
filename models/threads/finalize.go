package threads

import "runtime"

// When an [Interpreter] is finalised, its daemon threads end at the next place
// where CPython's would: when they come to want the interpreter lock. They hold
// it while they end, so that what they have deferred runs one thread at a time.

// release lets the interpreter lock go around what may block.
func (t *Task) release() {
	t.exitIfFinalizing()
	t.gil.drop(t)
}

// retake takes it again.
func (t *Task) retake() {
	t.gil.take(t)
	t.exitIfFinalizing()
}

// giveWay is what a checkpoint does when there is a reason.
func (t *Task) giveWay() {
	t.exitIfFinalizing()
	t.gil.check(t)
	t.exitIfFinalizing()
}

// exitIfFinalizing ends the thread of an interpreter that has been finalised,
// as PyThread_exit_thread does.
func (t *Task) exitIfFinalizing() {
	if t.thread != nil && t.thread.finalizing() {
		runtime.Goexit()
	}
}
