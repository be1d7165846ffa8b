package coroutine

import (
	"os"
	ossignal "os/signal"
	"sync"
	"syscall"
)

// An interrupt turns the first SIGINT of a run into the cancellation of its
// main task. The second finds nobody, so that a program which does not react
// can be ended from the keyboard as ever.
type interrupt struct {
	cancel  func() // on the loop's thread
	arrived chan os.Signal
	end     sync.Once
}

func (l *Loop) watchInterrupt(cancel func()) *interrupt {
	if l.options.ignoreInterrupt || ossignal.Ignored(os.Interrupt) || l.signals[syscall.SIGINT] != nil {
		return nil
	}
	i := &interrupt{cancel: cancel, arrived: make(chan os.Signal, 1)}
	ossignal.Notify(i.arrived, os.Interrupt)
	go i.wait(l)
	return i
}

func (i *interrupt) wait(l *Loop) {
	if _, ok := <-i.arrived; ok {
		ossignal.Stop(i.arrived)
		l.CallSoonThreadsafe(i.cancel) // a closed loop has nothing to cancel
	}
}

// leave may be called again, and on nil.
func (i *interrupt) leave() {
	if i != nil {
		i.end.Do(func() {
			ossignal.Stop(i.arrived)
			close(i.arrived)
		})
	}
}
