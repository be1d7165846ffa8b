package streams

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"

	"concbench/models/coroutine"
)

var errTest = errors.New("test error")

// run runs main on a new loop. No goroutine and no descriptor may be left.
func run(t *testing.T, main func(task *coroutine.Task) error) {
	t.Helper()
	descriptors, goroutines := openDescriptors(t), goleak.IgnoreCurrent()
	watchdog := time.AfterFunc(20*time.Second, func() {
		stacks := make([]byte, 1<<20)
		panic(fmt.Sprintf("%s hangs:\n%s", t.Name(), stacks[:runtime.Stack(stacks, true)]))
	})
	defer watchdog.Stop()
	l, err := coroutine.NewLoop()
	if err != nil {
		t.Fatal(err)
	}
	l.SetExceptionHandler(func(_ *coroutine.Loop, r coroutine.ErrorReport) { t.Errorf("reported: %s: %v", r.Message, r.Err) })
	_, err = coroutine.RunUntilComplete(l, coroutine.NewCoroutine(func(task *coroutine.Task) (coroutine.None, error) {
		return coroutine.None{}, main(task)
	}))
	if err != nil {
		t.Error(err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, goroutines)
	if after := openDescriptors(t); after != descriptors {
		t.Errorf("%d descriptors are open, %d were before", after, descriptors)
	}
}

func openDescriptors(t *testing.T) int {
	t.Helper()
	if runtime.GOOS != "linux" {
		return 0
	}
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// reports has the loop's reports collected instead of failing the test.
func reports(l *coroutine.Loop) *[]coroutine.ErrorReport {
	all := &[]coroutine.ErrorReport{}
	l.SetExceptionHandler(func(_ *coroutine.Loop, r coroutine.ErrorReport) { *all = append(*all, r) })
	return all
}

// pair runs main with the reader and writer of both ends of a connection.
func pair(t *testing.T, main func(task *coroutine.Task, a, b end) error) {
	t.Helper()
	run(t, func(task *coroutine.Task) error {
		c, d, err := task.Loop().Pipe()
		if err != nil {
			return err
		}
		a, b := newEnd(c), newEnd(d)
		err = main(task, a, b)
		a.Close()
		b.Close()
		return errors.Join(err, task.Yield(), task.Yield())
	})
}

type end struct {
	*StreamReader
	*StreamWriter
}

func newEnd(c *coroutine.Conn) end {
	r, w := newConnection(c, nil, DefaultLimit)
	return end{r, w}
}

func start(task *coroutine.Task, body func(*coroutine.Task) error) *coroutine.TaskOf[coroutine.None] {
	return task.Start("", body)
}
