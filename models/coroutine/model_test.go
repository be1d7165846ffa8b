package coroutine

import (
	"errors"
	"testing"

	"concbench/models"
	"concbench/models/internal/leaktest"
)

func TestModelDescribesItself(t *testing.T) {
	m, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	want := models.Traits{Concurrent: true, CancelWakes: true, OneThread: true}
	if m.Name() != "coroutine" || m.Options() != "" || m.Traits() != want {
		t.Errorf("the model is %q %q %+v", m.Name(), m.Options(), m.Traits())
	}
	if _, err := New("speed=high"); err == nil {
		t.Error("an unknown option was accepted")
	}
}

func TestModelKeepsTheContract(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	m, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	err = m.Run(func(task models.Task) error {
		if err := m.Run(func(models.Task) error { return nil }); !errors.Is(err, ErrRunning) {
			t.Errorf("Run inside Run = %v, want %v", err, ErrRunning)
		}
		begun := false
		child := task.Start("child", func(task models.Task) error { begun = task.Cancelled(); return task.Yield() })
		child.Cancel()
		if err := child.Join(task); err != models.ErrCancelled || !begun {
			t.Errorf("a task cancelled before it began: %v, begun: %v", err, begun)
		}
		return task.NewSemaphore(0).Acquire(task)
	})
	if err != models.ErrDeadlock {
		t.Errorf("Run = %v, want %v", err, models.ErrDeadlock)
	}
}

// A connection or listener that a workload forgot does not outlive its Run.
func TestModelClosesWhatIsLeftOpen(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	m, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	var left models.Conn
	err = m.Run(func(task models.Task) error {
		if _, err := task.Listen("tcp", "127.0.0.1:0"); err != nil {
			return err
		}
		left, _, err = task.Pipe()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := left.Close(); err == nil {
		t.Error("Close of a connection that Run has closed returned no error")
	}
}

// The contract's types are single pointers, so passing them costs nothing.
func TestContractDoesNotAllocate(t *testing.T) {
	m, _ := New("")
	err := m.Run(func(task models.Task) error {
		l, s, q := task.NewLock(), task.NewSemaphore(1), task.NewQueue(1)
		if n := testing.AllocsPerRun(100, func() {
			task.Yield()
			l.Acquire(task)
			l.Release(task)
			s.Acquire(task)
			s.Release(task)
			q.Put(task, nil)
			q.Get(task)
		}); n != 0 {
			t.Errorf("the contract allocates %v times", n)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
