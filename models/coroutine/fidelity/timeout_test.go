package fidelity

import (
	"errors"
	"time"

	"concbench/models/coroutine"
)

func timeout01LongTask(out *output) error {
	longRunningTask := func(t *coroutine.Task) error {
		err := t.Sleep(time.Minute)
		if errors.Is(err, coroutine.ErrCancelled) {
			out.print("body: CancelledError")
		}
		return err
	}
	return asyncioRun(func(t *coroutine.Task) error {
		var cm *coroutine.Timeout
		err := coroutine.WithTimeout(t, 20*time.Millisecond, func(scope *coroutine.Timeout) error {
			cm = scope
			if err := longRunningTask(t); err != nil {
				return err
			}
			out.print("not printed")
			return nil
		})
		if !errors.Is(err, coroutine.ErrTimeout) {
			return err
		}
		out.print("TimeoutError, expired:", cm.Expired())
		ok(coroutine.WithTimeout(t, time.Minute, func(scope *coroutine.Timeout) error {
			cm = scope
			return t.Yield()
		}))
		out.print("in time, expired:", cm.Expired())
		out.print("this statement will run regardless")
		return nil
	})
}

func timeout02Reschedule(out *output) error {
	return asyncioRun(func(t *coroutine.Task) error {
		loop := t.Loop()
		var cm *coroutine.Timeout
		err := coroutine.WithTimeout(t, coroutine.NoTimeout, func(scope *coroutine.Timeout) error {
			cm = scope
			if cm.When() == coroutine.NoTimeout {
				out.print("when:", nil)
			}
			far := loop.Time() + time.Minute
			ok(cm.Reschedule(far))
			out.print("far deadline kept:", cm.When() == far)
			ok(cm.Reschedule(loop.Time() + 20*time.Millisecond))
			return t.Sleep(time.Minute)
		})
		if err != nil && !errors.Is(err, coroutine.ErrTimeout) {
			return err
		}
		out.print("looks like we have not finished on time:", cm.Expired())
		ok(coroutine.WithTimeoutAt(t, loop.Time()+10*time.Millisecond, func(scope *coroutine.Timeout) error {
			cm = scope
			ok(cm.Reschedule(loop.Time() + time.Minute))
			return t.Sleep(20 * time.Millisecond)
		}))
		out.print("moved away in time, expired:", cm.Expired())
		err = cm.Reschedule(coroutine.NoTimeout)
		if !errors.Is(err, coroutine.ErrTimeoutFinished) {
			return err
		}
		out.print("RuntimeError:", sentence(words(err)))
		return nil
	})
}

func timeout03WaitForEternity(out *output) error {
	eternity := func(t *coroutine.Task) error {
		err := t.Sleep(time.Hour)
		if err == nil {
			out.print("yay!")
		}
		if yieldErr := t.Yield(); yieldErr != nil {
			err = yieldErr
		}
		out.print("eternity cleaned up")
		return err
	}
	return asyncioRun(func(t *coroutine.Task) error {
		task := t.Start("eternity", eternity)
		if _, err := coroutine.WaitFor(t, task, 20*time.Millisecond); errors.Is(err, coroutine.ErrTimeout) {
			out.print("timeout!")
		} else if err != nil {
			return err
		}
		out.print("cancelled:", task.Cancelled())
		out.print(must(coroutine.WaitFor(t, coroutine.SleepFor(0, "quick"), time.Minute)))
		return nil
	})
}
