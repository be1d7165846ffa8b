package threading

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concbench/models/internal/leaktest"
	"concbench/models/threads/internal/kernel"
)

// A thread that passes nil for its handle lets the interpreter lock go all the same, and is
// told if it would wait for itself.
func TestHandleLeftOut(t *testing.T) {
	if kernel.ThreadID() == 0 {
		t.Skip("this system does not tell which thread calls")
	}
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		if err := main.Join(nil); err != ErrJoinSelf {
			t.Errorf("Join of oneself = %v", err)
		}
		return nil
	})
	for name, wait := range map[string]func(main *Thread, helped *Event, r *File) error{
		"lock": func(_ *Thread, helped *Event, _ *File) error { return helped.Wait(nil) },
		"sleep": func(_ *Thread, helped *Event, _ *File) error {
			for !helped.IsSet() {
				if err := (*Thread)(nil).Sleep(time.Millisecond); err != nil {
					return err
				}
			}
			return nil
		},
		"block": func(main *Thread, helped *Event, _ *File) error {
			return (*Thread)(nil).Block(func() error { return helped.Wait(nil) })
		},
		"file": func(_ *Thread, _ *Event, r *File) error {
			_, err := r.Read(nil, make([]byte, 1))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			inInterpreter(t, func(t *testing.T, main *Thread) error {
				helped := NewEvent()
				r, w, err := main.Pipe()
				if err != nil {
					return err
				}
				helper, err := started(main, func(t *Thread) error {
					err := t.Sleep(10 * time.Millisecond) // main waits by then
					_, written := w.Write(t, []byte{1})
					return errors.Join(err, written, helped.Set(t))
				})
				return errors.Join(err, wait(main, helped, r), helper.Join(main), r.Close(main), w.Close(main))
			})
		})
	}
}

// A goroutine that waits without a handle moves from one kernel thread to another. It must
// not be taken for a thread that has meanwhile come to life on the former one.
func TestGoroutinesAreNotTakenForThreads(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var over atomic.Bool
	var sleepers sync.WaitGroup
	for range 32 {
		sleepers.Go(func() {
			for !over.Load() {
				(*Thread)(nil).Sleep(time.Microsecond)
			}
		})
	}
	in := mustInterpreter(t, "")
	err := in.Run(func(main *Thread) error {
		defer over.Store(true)
		for range 500 {
			th, err := started(main, func(t *Thread) error {
				for range 500 {
					t.Checkpoint()
				}
				return nil
			})
			if err := errors.Join(err, th.Join(main)); err != nil {
				return err
			}
		}
		return nil
	})
	sleepers.Wait()
	if err != nil {
		t.Error(err)
	}
}

// A goroutine that is no thread of the interpreter uses its primitives too.
func TestWithoutAHandle(t *testing.T) {
	in := mustInterpreter(t, "")
	lock, event := newHeldLock(), NewEvent()
	begun := make(chan struct{})
	done := make(chan error)
	go func() {
		<-begun
		th := in.NewThread(func(t *Thread) error { return event.Set(t) })
		done <- errors.Join(th.Start(nil), event.Wait(nil), th.Join(nil), lock.Release(nil))
	}()
	err := in.Run(func(main *Thread) error {
		close(begun)
		return lock.Acquire(main)
	})
	if err := errors.Join(err, <-done); err != nil {
		t.Error(err)
	}
}
