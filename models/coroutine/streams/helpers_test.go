package streams

import (
	"errors"
	"testing"

	"concbench/models/coroutine"
	"concbench/models/internal/leaktest"
)

var errTest = errors.New("test error")

// run runs main on a new loop. No goroutine and no descriptor may be left.
func run(t *testing.T, main func(task *coroutine.Task) error) {
	t.Helper()
	defer leaktest.NothingLeft(t)()
	l, err := coroutine.NewLoop()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	l.SetExceptionHandler(func(_ *coroutine.Loop, r coroutine.ErrorReport) { t.Errorf("reported: %s: %v", r.Message, r.Err) })
	_, err = coroutine.RunUntilComplete(l, coroutine.NewCoroutine(func(task *coroutine.Task) (coroutine.None, error) {
		return coroutine.None{}, main(task)
	}))
	if err != nil {
		t.Error(err)
	}
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
