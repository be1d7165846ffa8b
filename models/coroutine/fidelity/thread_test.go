package fidelity

import (
	"reflect"
	"strings"
	"time"

	"concbench/models/threads/threading"
)

// inMainThread runs a script without a loop as the main thread of an interpreter.
func inMainThread(main func(t *threading.Thread) error) error {
	in, err := threading.NewInterpreter("")
	if err != nil {
		return err
	}
	return in.Run(main)
}

func thread01SpinnerSignal(out *output) error {
	type signal struct{ stop bool }
	spin := func(t *threading.Thread, msg string, s *signal, frames *[]string, enough *threading.Event) error {
		for i := 0; ; i++ {
			*frames = append(*frames, string("|/-+"[i%4])+" "+msg)
			if len(*frames) == 3 {
				if err := enough.Set(t); err != nil {
					return err
				}
			}
			if err := t.Sleep(2 * time.Millisecond); err != nil {
				return err
			}
			if s.stop {
				return nil
			}
		}
	}
	slowFunction := func(t *threading.Thread, enough *threading.Event) int {
		must(enough.WaitTimeout(t, 5*time.Second))
		return 42
	}
	supervisor := func(t *threading.Thread) (int, error) {
		s, frames, enough := &signal{}, &[]string{}, threading.NewEvent()
		spinner := t.NewThread(func(t *threading.Thread) error { return spin(t, "thinking!", s, frames, enough) })
		out.print("alive before start:", spinner.IsAlive())
		if err := spinner.Start(t); err != nil {
			return 0, err
		}
		result := slowFunction(t, enough)
		_, canBeStopped := reflect.TypeOf(spinner).MethodByName("Stop")
		out.print("alive:", spinner.IsAlive(), "| can be stopped from outside:", canBeStopped)
		s.stop = true
		if err := spinner.Join(t); err != nil {
			return 0, err
		}
		out.print("alive after join:", spinner.IsAlive())
		out.print(strings.Join((*frames)[:3], "\n"))
		return result, nil
	}
	return inMainThread(func(t *threading.Thread) error {
		answer, err := supervisor(t)
		out.print("Answer:", answer)
		return err
	})
}

func thread02StartJoin(out *output) error {
	return inMainThread(func(t *threading.Thread) error {
		counter, lock := 0, threading.NewLock()
		work := func(t *threading.Thread) error {
			for range 100 {
				if err := lock.Acquire(t); err != nil {
					return err
				}
				counter++
				if err := lock.Release(t); err != nil {
					return err
				}
			}
			return nil
		}
		all := make([]*threading.Thread, 4)
		for i := range all {
			all[i] = t.NewThread(work)
		}
		out.print("RuntimeError:", all[0].Join(t))
		for _, thread := range all {
			if err := thread.Start(t); err != nil {
				return err
			}
		}
		alive := false
		for _, thread := range all {
			if err := thread.Join(t); err != nil {
				return err
			}
			alive = alive || thread.IsAlive()
		}
		out.print("counter:", counter, "alive:", alive)
		out.print("RuntimeError:", all[0].Start(t))
		return nil
	})
}
