package threads

import (
	"errors"
	"os"
	"runtime"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/sys/unix"

	"concbench/models"
)

// threadCount is how many threads this process has.
func threadCount(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// After a Run its goroutines and threads are gone and GOMAXPROCS is as it was.
// The Go runtime may keep as many threads as it has had processors.
func TestNothingIsLeft(t *testing.T) {
	bothLocks(t, func(t *testing.T, m *Model) {
		defer goleak.VerifyNone(t)
		procs, before := runtime.GOMAXPROCS(0), threadCount(t)
		mustRun(t, m, func(task models.Task) error {
			barrier := task.NewBarrier(301)
			for range 300 {
				task.Start("task", func(task models.Task) error {
					_, err := barrier.Wait(task)
					return err
				})
			}
			if n := threadCount(t); n < 300 {
				t.Errorf("300 tasks live on %d threads", n)
			}
			_, err := barrier.Wait(task)
			return err
		})
		until(func() bool { return threadCount(t) <= before+maxProcs })
		if n := runtime.GOMAXPROCS(0); n != procs {
			t.Errorf("GOMAXPROCS is %d after Run, was %d", n, procs)
		}
	})
}

// A pinned task is on its processor, its children are not held to it, and a
// processor that does not exist is an error.
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

// A descriptor that is closed while a thread is blocked in it is given back to
// the kernel when that thread has left.
func TestNoDescriptorIsLeft(t *testing.T) {
	count := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	m := newModel(t, "")
	before := count()
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
		untilIn(task, a.(*conn).inUse)
		_, err = task.Dial("unix", "/nonexistent/socket")
		if err == nil {
			t.Error("Dial of a path that does not exist succeeded")
		}
		return errors.Join(a.Close(), reader.Join(task), b.Close())
	})
	if after := count(); after != before {
		t.Errorf("%d descriptors after the run, %d before", after, before)
	}
}
