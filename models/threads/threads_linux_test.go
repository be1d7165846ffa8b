package threads

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"concbench/models"
	"concbench/models/internal/leaktest"
)

// Every task has a thread of its own, which ends with it; the goroutines end too, and
// GOMAXPROCS is as it was. The threads are told apart by their ids, since the Go runtime
// meanwhile makes some for itself and keeps them. One task may run on the first thread of
// the process: that one never ends, the runtime lets it sleep for ever.
func TestNothingIsLeft(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) {
		defer leaktest.NothingLeft(t)()
		const tasks = 300
		procs, ids := runtime.GOMAXPROCS(0), map[string]bool{}
		mustRun(t, m, func(task models.Task) error {
			lock, barrier := task.NewLock(), task.NewBarrier(tasks)
			body := func(task models.Task) error {
				if err := lock.Acquire(task); err != nil {
					return err
				}
				ids[fmt.Sprintf("/proc/self/task/%d", unix.Gettid())] = true
				if err := lock.Release(task); err != nil {
					return err
				}
				_, err := barrier.Wait(task)
				return err
			}
			for range tasks - 1 {
				task.Start("task", body)
			}
			return body(task)
		})
		if len(ids) != tasks {
			t.Errorf("%d tasks had %d threads", tasks, len(ids))
		}
		delete(ids, fmt.Sprintf("/proc/self/task/%d", os.Getpid()))
		for id := range ids {
			leaktest.Until(func() bool { _, err := os.Stat(id); return errors.Is(err, os.ErrNotExist) })
		}
		if n := runtime.GOMAXPROCS(0); n != procs {
			t.Errorf("GOMAXPROCS is %d after Run, was %d", n, procs)
		}
	})
}

// A pinned task stays on its processor, its children do not have to, and a processor that
// does not exist is an error.
func TestPin(t *testing.T) {
	var all unix.CPUSet
	if err := unix.SchedGetaffinity(0, &all); err != nil {
		t.Fatal(err)
	}
	cpu := 0
	for !all.IsSet(cpu) {
		cpu++
	}
	mustRun(t, newModel(t, ""), func(task models.Task) error {
		if err := task.(models.Pinner).Pin(cpu); err != nil {
			return err
		}
		expectCPUs := func(who string, want unix.CPUSet) error {
			var now unix.CPUSet
			err := unix.SchedGetaffinity(0, &now)
			if now != want {
				t.Errorf("%s may run on %d processors, want %d", who, now.Count(), want.Count())
			}
			return err
		}
		var one unix.CPUSet
		one.Set(cpu)
		child := task.Start("child", func(models.Task) error { return expectCPUs("the child", all) })
		for _, bad := range []int{-1, 1023, 1 << 20} {
			if err := task.(models.Pinner).Pin(bad); !errors.Is(err, unix.EINVAL) {
				t.Errorf("Pin(%d): %v", bad, err)
			}
		}
		return errors.Join(expectCPUs("the pinned task", one), child.Join(task))
	})
}

// A descriptor that is closed while a thread is blocked in it goes back to the kernel when
// that thread has left.
func TestNoDescriptorIsLeft(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	m := newModel(t, "")
	mustRun(t, m, func(task models.Task) error {
		a, b, err := dialed(task, "tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		reader := task.Start("reader", func(task models.Task) error {
			a.MoveTo(task)
			a.Read(make([]byte, 1))
			return nil
		})
		untilIn(task, a.(conn).InUse)
		_, err = task.Dial("unix", "/nonexistent/socket")
		if err == nil {
			t.Error("Dial of a path that does not exist succeeded")
		}
		return errors.Join(a.Close(), reader.Join(task), b.Close())
	})
}
