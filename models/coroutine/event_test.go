package coroutine

import "testing"

func TestEventWakesAllInOrder(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		e := NewEvent()
		for _, name := range []string{"a", "b", "c"} {
			task.Start(name, func(task *Task) error {
				err := e.Wait(task)
				tr.add("%s: %v", name, err)
				return err
			})
		}
		task.Yield()
		e.Set()
		e.Set()
		if !e.IsSet() {
			t.Error("IsSet is false after Set")
		}
		if err := e.Wait(task); err != nil {
			return err
		}
		tr.add("main is not suspended")
		e.Clear()
		if e.IsSet() {
			t.Error("IsSet is true after Clear")
		}
		return nil
	})
	tr.expect(t, "main is not suspended", "a: <nil>", "b: <nil>", "c: <nil>")
}

func TestEventAfterACancelledWait(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		e := NewEvent()
		waiter := task.Start("waiter", func(task *Task) error {
			tr.add("first: %v", e.Wait(task))
			tr.add("second: %v", e.Wait(task))
			return nil
		})
		task.Yield()
		waiter.Cancel()
		task.Yield()
		e.Set()
		return waiter.Join(task)
	})
	tr.expect(t, "first: task cancelled", "second: <nil>")
}
