package coroutine

import (
	"context"
	"errors"
	"testing"
	"time"

	"concbench/models"
)

func TestTaskGroupWaitsForItsTasks(t *testing.T) {
	var tr trace
	runQuietly(t, func(task *Task) error {
		var first, second *TaskOf[string]
		err := WithTaskGroup(task, func(g *TaskGroup) error {
			first = CreateTask(g, ends(3, "one", nil))
			second = CreateTask(g, func(t *Task) (string, error) {
				g.Start("grandchild", func(t *Task) error { rounds(t, 5); tr.add("grandchild"); return nil })
				return "two", nil
			}, "second")
			tr.add("inside")
			return nil
		})
		one, _ := first.Result()
		two, _ := second.Result()
		tr.add("%s %s %s %v", one, two, second.Name(), err)
		return nil
	})
	tr.expect(t, "inside", "grandchild", "one two second <nil>")
}

func TestTaskGroupInheritsTheCreatorsContext(t *testing.T) {
	type key struct{}
	runQuietly(t, func(task *Task) error {
		task.SetContext(context.WithValue(task.Context(), key{}, "parent"))
		return WithTaskGroup(task, func(g *TaskGroup) error {
			g.Start("child", func(child *Task) error {
				if v := child.Context().Value(key{}); v != "parent" {
					t.Errorf("the child has %v", v)
				}
				child.SetContext(context.WithValue(child.Context(), key{}, "child"))
				g.Start("grandchild", func(grandchild *Task) error {
					if v := grandchild.Context().Value(key{}); v != "child" {
						t.Errorf("the grandchild has %v", v)
					}
					return nil
				})
				return nil
			})
			return nil
		})
	})
}

// The first error interrupts the body and cancels the other tasks; what they
// raise then is added, in order of completion.
func TestTaskGroupErrors(t *testing.T) {
	var tr trace
	errLate := errors.New("late error")
	runQuietly(t, func(task *Task) error {
		err := WithTaskGroup(task, func(g *TaskGroup) error {
			CreateTask(g, func(t *Task) (string, error) { never(t); rounds(t, 2); return "", errLate })
			CreateTask(g, ends(2, "", errTest))
			CreateTask(g, func(t *Task) (string, error) { _, err := never(t); tr.add("sleeper: %v", err); return "", err })
			err := task.Sleep(time.Hour)
			tr.add("body: %v", err)
			tr.add("late comer: %v", CreateTask(g, ends(0, "", nil)).Err())
			return err
		})
		group, _ := errors.AsType[*GroupError](err)
		tr.add("%v", err)
		if group == nil || group.Message != "unhandled errors in a TaskGroup" || len(group.Errors) != 2 ||
			!errors.Is(err, errTest) || !errors.Is(err, errLate) || errors.Is(err, ErrCancelled) || task.Cancelling() != 0 {
			t.Errorf("got %#v, %d requests", group, task.Cancelling())
		}
		return task.Yield() // nothing is left over
	})
	tr.expect(t, "sleeper: task cancelled", "body: task cancelled",
		"late comer: coroutine: CreateTask: TaskGroup is shutting down",
		"unhandled errors in a TaskGroup (2 sub-exceptions): test error; late error")
}

// A body's error comes last. A body that answers its interruption with another
// error has failed too.
func TestTaskGroupBodyError(t *testing.T) {
	errBody := errors.New("body error")
	runQuietly(t, func(task *Task) error {
		for _, childFails := range []bool{false, true} {
			err := WithTaskGroup(task, func(g *TaskGroup) error {
				g.Start("child", func(t *Task) error {
					if childFails {
						return errTest
					}
					return t.Sleep(time.Hour)
				})
				rounds(task, 2)
				return errBody
			})
			group, _ := errors.AsType[*GroupError](err)
			if group == nil || group.Errors[len(group.Errors)-1] != errBody || (len(group.Errors) == 2) != childFails || task.Cancelling() != 0 {
				t.Errorf("got %v, %d requests", err, task.Cancelling())
			}
		}
		return task.Yield()
	})
}

// A body that swallows its interruption does not hide the error.
func TestTaskGroupBodySwallowsTheInterruption(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		err := WithTaskGroup(task, func(g *TaskGroup) error {
			CreateTask(g, ends(1, "", errTest))
			task.Sleep(time.Hour)
			return nil
		})
		expectError(t, "WithTaskGroup", err, errTest)
		return task.Yield()
	})
}

// The error comes while the parent waits at the end: the request of the group
// stays counted, and a timeout around it that expires later lets the cancel
// through. So it was in Python 3.11.
func TestTaskGroupErrorAfterTheBodysEnd(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		child := task.Start("child", func(task *Task) error {
			return WithTimeout(task, NoTimeout, func(tm *Timeout) error {
				err := WithTaskGroup(task, func(g *TaskGroup) error { CreateTask(g, ends(2, "", errTest)); return nil })
				expectError(t, "WithTaskGroup", err, errTest)
				if task.Cancelling() != 1 {
					t.Errorf("%d requests, want 1", task.Cancelling())
				}
				tm.Reschedule(0)
				return task.Sleep(time.Hour)
			})
		})
		expectError(t, "child", child.Join(task), ErrCancelled)
		return nil
	})
}

func TestTaskGroupIgnoresCancelledTasks(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		return WithTaskGroup(task, func(g *TaskGroup) error {
			CreateTask(g, ends(1, "", ErrCancelled))
			other := CreateTask(g, ends(5, "", nil))
			CreateTask(g, never).Cancel()
			rounds(task, 4)
			if other.Done() || other.Cancelling() != 0 {
				t.Error("the others were cancelled")
			}
			return nil
		})
	})
}

// A cancel from outside, in the body or at the end, cancels the tasks and comes
// out once they have ended, unless one of them fails.
func TestCancelOfATaskGroup(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for _, atEnd := range []bool{false, true} {
			for _, failure := range []error{nil, errTest} {
				var inner *TaskOf[string]
				parent := task.Start("parent", func(task *Task) error {
					return WithTaskGroup(task, func(g *TaskGroup) error {
						inner = CreateTask(g, func(t *Task) (string, error) { never(t); rounds(t, 3); return "", failure })
						if atEnd {
							return nil
						}
						return task.Sleep(time.Hour)
					})
				})
				rounds(task, 2)
				parent.CancelWith("why")
				rounds(task, 2)
				parent.Cancel() // interrupts nothing: the tasks are waited for anyway
				err := parent.Join(task)
				if !inner.Done() || failure != nil && (!errors.Is(err, failure) || errors.Is(err, ErrCancelled)) {
					t.Errorf("at the end %v: %v; the task has ended: %v", atEnd, err, inner.Done())
				}
				if c, ok := errors.AsType[*CancelledError](err); failure == nil && (!ok || c.Message != "why") {
					t.Errorf("at the end %v: %v, want the cancellation", atEnd, err)
				}
			}
		}
		return nil
	})
}

func TestTaskGroupsNest(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		err := WithTaskGroup(task, func(outer *TaskGroup) error {
			sleeper := CreateTask(outer, never)
			err := WithTaskGroup(task, func(inner *TaskGroup) error {
				CreateTask(inner, ends(1, "", errTest))
				return task.Sleep(time.Hour)
			})
			if sleeper.Cancelling() != 0 {
				t.Error("the outer group was cancelled by the inner one")
			}
			return err
		})
		group, _ := errors.AsType[*GroupError](err)
		if group == nil || len(group.Errors) != 1 {
			t.Fatalf("got %v", err)
		}
		if inner, _ := group.Errors[0].(*GroupError); inner == nil || !errors.Is(inner, errTest) || !errors.Is(err, errTest) {
			t.Errorf("got %v", err)
		}
		return nil
	})
}

func TestTaskGroupPanics(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		for name, body := range map[string]func(*TaskGroup) error{
			"body":  func(g *TaskGroup) error { CreateTask(g, never); task.Yield(); panic(errTest) },
			"child": func(g *TaskGroup) error { g.Start("child", func(*Task) error { panic(errTest) }); return nil },
		} {
			err := WithTaskGroup(task, body)
			if _, ok := errors.AsType[*models.PanicError](err); !ok || !errors.Is(err, errTest) {
				t.Errorf("%s: %v", name, err)
			}
		}
		return nil
	})
}

func TestTaskGroupRefusesTasks(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		var g *TaskGroup
		WithTaskGroup(task, func(group *TaskGroup) error { g = group; return nil })
		for want, in := range map[error]*TaskGroup{ErrGroupFinished: g, ErrGroupNotEntered: {}} {
			refused := CreateTask(in, func(*Task) (int, error) { t.Error("the task ran"); return 0, nil })
			_, err := refused.Await(task)
			expectError(t, "Await", err, want)
			refused.AddDoneCallback(func() {})
		}
		outer := Gather(new(TaskGroup), NewCoroutine(ends(0, 1, nil))) // has no loop to be completed by
		_, err := outer.Await(task)
		expectError(t, "Gather", err, ErrForeignFuture)
		return task.Yield()
	})
}

// A group is a scope for whatever makes tasks.
func TestTaskGroupAsAScope(t *testing.T) {
	runQuietly(t, func(task *Task) error {
		var outer *Future[[]int]
		err := WithTaskGroup(task, func(g *TaskGroup) error {
			outer = Gather(g, NewCoroutine(ends(1, 1, nil)), NewCoroutine(ends(1, 2, errTest)))
			return nil
		})
		expectError(t, "WithTaskGroup", err, errTest)
		expectError(t, "Gather", outer.Err(), errTest)
		return nil
	})
}
