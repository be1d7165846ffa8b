package coroutine

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

// raise sends the process a signal, which is then with the Go runtime.
func raise(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(os.Getpid(), s); err != nil {
		t.Fatal(err)
	}
}

// A handler is an ordinary callback, for which a sleeping loop wakes, and the
// latest takes the place of others.
func TestSignalHandler(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		l := task.Loop()
		got := NewFuture[None](l)
		for _, fn := range []func(){
			tr.adds("replaced"),
			func() {
				tr.add("on the loop's thread: %v, current task: %v", threadID() == l.ThreadID(), l.CurrentTask() != nil)
				got.SetResult(None{})
			},
		} {
			if err := l.AddSignalHandler(syscall.SIGUSR1, fn); err != nil {
				return err
			}
		}
		for range 2 { // it stays
			raise(t, syscall.SIGUSR1)
			tr.add("sent")
			if _, err := got.Await(task); err != nil {
				return err
			}
			got.Reset()
		}
		tr.add("removed: %v", l.RemoveSignalHandler(syscall.SIGUSR1))
		tr.add("removed again: %v", l.RemoveSignalHandler(syscall.SIGUSR1))
		return nil
	})
	handled := "on the loop's thread: true, current task: false"
	tr.expect(t, "sent", handled, "sent", handled, "removed: true", "removed again: false")
}

// The loop learns of a signal in one round, and in the next calls the handler.
func TestRoundOfASignal(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		round := countRounds(l)
		got := NewFuture[int](l)
		if err := l.AddSignalHandler(syscall.SIGUSR1, func() { got.SetResult(*round) }); err != nil {
			return err
		}
		raise(t, syscall.SIGUSR1)
		for !l.inbox.filled.Load() { // keeps the loop in this round
		}
		sent := *round
		if handled, err := got.Await(task); err != nil || handled != sent+2 {
			t.Errorf("sent in round %d, handled in round %d, want two later; %v", sent, handled, err)
		}
		return nil
	})
}

func TestRemovedHandlerIsNotCalled(t *testing.T) {
	run(t, func(task *Task) error {
		l := task.Loop()
		if err := l.AddSignalHandler(syscall.SIGUSR1, func() { t.Error("called") }); err != nil {
			return err
		}
		raise(t, syscall.SIGUSR1)
		for !l.inbox.filled.Load() {
		}
		l.RemoveSignalHandler(syscall.SIGUSR1)
		rounds(task, 3)
		return nil
	})
}

type noSignal struct{}

func (noSignal) String() string { return "no signal" }
func (noSignal) Signal()        {}

func TestSignalsThatCannotBe(t *testing.T) {
	l := newLoop(t)
	fn := func() { t.Error("called") }
	for _, sig := range []os.Signal{syscall.SIGKILL, syscall.SIGSTOP} {
		if err := l.AddSignalHandler(sig, fn); !errors.Is(err, ErrSignalUncatchable) {
			t.Errorf("AddSignalHandler(%v) = %v", sig, err)
		}
	}
	for _, sig := range []os.Signal{nil, noSignal{}, syscall.Signal(-1), syscall.Signal(0), lastSignal + 1} {
		if err := l.AddSignalHandler(sig, fn); !errors.Is(err, ErrSignalNumber) {
			t.Errorf("AddSignalHandler(%v) = %v", sig, err)
		}
		if l.RemoveSignalHandler(sig) {
			t.Errorf("RemoveSignalHandler(%v) = true", sig)
		}
	}
	l.Close()
	if err := l.AddSignalHandler(syscall.SIGUSR1, fn); !errors.Is(err, ErrClosed) {
		t.Errorf("AddSignalHandler of a closed loop = %v", err)
	}
}

// Close leaves no goroutine of a handler, which the helper checks. goleak itself
// leaves out the one that package os/signal keeps for the whole program.
func TestCloseRemovesSignalHandlers(t *testing.T) {
	l := newLoop(t)
	for _, s := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGINT} {
		if err := l.AddSignalHandler(s, func() { t.Error("called") }); err != nil {
			t.Error(err)
		}
	}
	if err := l.Close(); err != nil || len(l.signals) != 0 {
		t.Errorf("Close = %v, %d handlers are left", err, len(l.signals))
	}
}
