package coroutine

import (
	"fmt"
	"os"
	ossignal "os/signal"
	"syscall"
)

// A signalHandler is the loop's callback for a signal. It has a goroutine that
// waits for the signal until the handler is removed.
type signalHandler struct {
	loop    *Loop
	handle  *Handle
	arrived chan os.Signal
}

// A process gets a signal once however often it is sent before it looks. So
// few more can come than there are, until the goroutine has passed one on.
const signalBuffer = 16

// AddSignalHandler has the loop call fn when the process gets the signal, in
// place of what it was to call before and of what the signal does by default. fn
// is an ordinary callback: it comes a round after the loop has learnt of the
// signal, for which it wakes. The errors are [ErrSignalNumber],
// [ErrSignalUncatchable] and [ErrNoFunction].
//
// A handler for os.Interrupt replaces what [Run] does with it.
func (l *Loop) AddSignalHandler(sig os.Signal, fn func()) error {
	const op = "AddSignalHandler"
	if err := l.checkCall(op, fn); err != nil {
		return err
	}
	number, err := signalNumber(op, sig)
	if err != nil {
		return err
	}
	if number == syscall.SIGKILL || number == syscall.SIGSTOP {
		return misuse(op, fmt.Errorf("%w: %v", ErrSignalUncatchable, sig))
	}
	if h := l.signals[number]; h != nil {
		h.handle.Cancel()
		h.handle = &Handle{call: fn}
		return nil
	}
	if number == syscall.SIGINT {
		l.interrupt.leave()
	}
	l.watchSignal(number, fn)
	return nil
}

func signalNumber(op string, sig os.Signal) (syscall.Signal, error) {
	number, ok := sig.(syscall.Signal)
	if !ok || number < 1 || number > lastSignal || reservedSignal(number) {
		return 0, misuse(op, fmt.Errorf("%w: %v", ErrSignalNumber, sig))
	}
	return number, nil
}

func (l *Loop) watchSignal(number syscall.Signal, fn func()) {
	h := &signalHandler{loop: l, handle: &Handle{call: fn}, arrived: make(chan os.Signal, signalBuffer)}
	if l.signals == nil {
		l.signals = map[syscall.Signal]*signalHandler{}
	}
	l.signals[number] = h
	ossignal.Notify(h.arrived, number)
	go h.passOn()
}

func (h *signalHandler) passOn() {
	for range h.arrived {
		if h.loop.CallSoonThreadsafe(h.queue) != nil {
			return // the loop is closed
		}
	}
}

// queue costs the round that asyncio takes to read the signal's number.
func (h *signalHandler) queue() { h.loop.ready.Push(h.handle) }

// RemoveSignalHandler gives the signal its default action back, unless other
// parts of the program listen to it. It reports whether there was a handler.
func (l *Loop) RemoveSignalHandler(sig os.Signal) bool {
	number, _ := sig.(syscall.Signal)
	h := l.signals[number]
	if h == nil {
		return false
	}
	delete(l.signals, number)
	h.handle.Cancel()
	ossignal.Stop(h.arrived) // nothing is sent any more
	close(h.arrived)
	return true
}

func (l *Loop) removeSignalHandlers() {
	for number := range l.signals {
		l.RemoveSignalHandler(number)
	}
}
