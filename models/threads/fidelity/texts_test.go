package fidelity

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"concbench/models/internal/namepage"
	"concbench/models/internal/traces"
	"concbench/models/threads/futures"
	"concbench/models/threads/queue"
	"concbench/models/threads/threading"
)

func nothing(*threading.Thread) error { return nil }

func texts01Misuse(out *traces.Output, t *threading.Thread) error {
	t.Interpreter().Stderr = io.Discard // of a script only standard output counts
	textsOfThreads(out, t)
	textsOfLocks(out, t)
	textsOfQueues(out, t)
	textsOfFutures(out, t)
	textsOfPools(out, t)
	return nil
}

func textsOfThreads(out *traces.Output, t *threading.Thread) {
	thread := t.NewThread(nothing)
	does(out, "join of a new thread:", thread.Join(t))
	check(thread.Start(t))
	does(out, "start of a started one:", thread.Start(t))
	does(out, "join of oneself:", t.Join(t))
	does(out, "daemon of oneself:", t.SetDaemon(true))
	does(out, "sleep(-1):", t.Sleep(-1))
}

func textsOfLocks(out *traces.Output, t *threading.Thread) {
	does(out, "release of a free lock:", threading.NewLock().Release(t))
	does(out, "release of a free rlock:", threading.NewRLock().Release(t))
	_, err := threading.NewLock().AcquireTimeout(t, -2*time.Second)
	does(out, "acquire(timeout=-2):", err)
	_, err = threading.NewRLock().AcquireTimeout(t, -2*time.Second)
	does(out, "acquire(timeout=-2) of an rlock:", err)
	cond := threading.NewCondition(nil)
	does(out, "wait without the lock:", cond.Wait(t))
	does(out, "notify without the lock:", cond.Notify(t, 1))
	_, err = threading.NewSemaphore(-1)
	does(out, "Semaphore(-1):", err)
	_, err = threading.NewBoundedSemaphore(-1)
	does(out, "BoundedSemaphore(-1):", err)
	does(out, "release(0):", must(threading.NewSemaphore(0)).ReleaseN(t, 0))
	does(out, "release of a full one:", must(threading.NewBoundedSemaphore(1)).Release(t))
	barrier := must(threading.NewBarrier(2, nil))
	check(barrier.Abort(t))
	_, err = barrier.Wait(t)
	does(out, "wait at a broken barrier:", err)
}

func textsOfQueues(out *traces.Output, t *threading.Thread) {
	var empty queue.Queue[int]
	_, err := empty.GetNowait(t)
	does(out, "get of an empty queue:", err)
	full := queue.NewQueue[int](1)
	check(full.Put(t, 1))
	does(out, "put to a full one:", full.PutNowait(t, 2))
	_, err = empty.GetTimeout(t, -time.Second)
	does(out, "get(timeout=-1):", err)
	does(out, "put(timeout=-1):", full.PutTimeout(t, 1, -time.Second))
	_, err = queue.NewSimpleQueue[int]().GetTimeout(t, -time.Second)
	does(out, "get(timeout=-1) of a simple one:", err)
	does(out, "task_done:", empty.TaskDone(t))
}

func textsOfFutures(out *traces.Output, t *threading.Thread) {
	_, err := futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: -1})
	does(out, "a pool of none:", err)
	pending := []*futures.Future[int]{futures.NewFuture[int]()}
	_, _, err = futures.Wait(t, pending, 7)
	does(out, "wait for what:", err)
	_, err = pending[0].ResultTimeout(t, 0)
	does(out, "result(0):", err)
	for _, err := range futures.AsCompletedTimeout(t, pending, 0) {
		does(out, "as_completed:", err)
	}
	cancelled := futures.NewFuture[int]()
	cancelled.Cancel(t)
	_, err = cancelled.Result(t)
	does(out, "result of a cancelled one:", err)
	does(out, "set_result of a cancelled one:", cancelled.SetResult(t, 1))
	finished := futures.NewFuture[int]()
	check(finished.SetResult(t, 1))
	_, err = finished.SetRunningOrNotifyCancel(t)
	does(out, "running, of a finished one:", err)
}

func textsOfPools(out *traces.Output, t *threading.Thread) {
	in := t.Interpreter()
	pool := must(futures.NewThreadPoolExecutor(in, futures.Config{MaxWorkers: 1}))
	check(pool.Shutdown(t))
	_, err := futures.Submit(t, pool, futures.Do(nothing))
	does(out, "submit after shutdown:", err)
	pool = must(futures.NewThreadPoolExecutor(in, futures.Config{
		MaxWorkers: 1, Initializer: func(*threading.Thread) error { return errors.New("boom") },
	}))
	job, err := futures.Submit(t, pool, futures.Do(nothing))
	if err == nil {
		_, err = job.Result(t)
	}
	does(out, "a job of a broken pool:", err)
	var late *futures.ThreadPoolExecutor
	must(in.AtExit(func(t *threading.Thread) { // after that of the pool, which is registered later
		_, err := futures.Submit(t, late, futures.Do(nothing))
		does(out, "submit at exit:", err)
		_, err = in.AtExit(func(*threading.Thread) {})
		does(out, "register at exit:", err)
	}))
	late = must(futures.NewThreadPoolExecutor(in, futures.Config{MaxWorkers: 1}))
}

// pythons are the errors whose texts CPython has, too.
var pythons = map[string]error{
	"threading.ErrStarted":              threading.ErrStarted,
	"threading.ErrNotStarted":           threading.ErrNotStarted,
	"threading.ErrJoinSelf":             threading.ErrJoinSelf,
	"threading.ErrDaemonStarted":        threading.ErrDaemonStarted,
	"threading.ErrAtExitLate":           threading.ErrAtExitLate,
	"threading.ErrSleepLength":          threading.ErrSleepLength,
	"threading.ErrReleaseUnlocked":      threading.ErrReleaseUnlocked,
	"threading.ErrReleaseUnacquired":    threading.ErrReleaseUnacquired,
	"threading.ErrWaitUnacquired":       threading.ErrWaitUnacquired,
	"threading.ErrNotifyUnacquired":     threading.ErrNotifyUnacquired,
	"threading.ErrTimeoutNegative":      threading.ErrTimeoutNegative,
	"threading.ErrSemaphoreInitial":     threading.ErrSemaphoreInitial,
	"threading.ErrReleaseCount":         threading.ErrReleaseCount,
	"threading.ErrReleasedTooManyTimes": threading.ErrReleasedTooManyTimes,
	"queue.ErrTimeoutNegative":          queue.ErrTimeoutNegative,
	"queue.ErrTaskDone":                 queue.ErrTaskDone,
	"futures.ErrMaxWorkers":             futures.ErrMaxWorkers,
	"futures.ErrPoolShutdown":           futures.ErrPoolShutdown,
	"futures.ErrInterpreterShutdown":    futures.ErrInterpreterShutdown,
	"futures.ErrUnexpectedState":        futures.ErrUnexpectedState,
	"futures.ErrBrokenThreadPool":       futures.ErrBrokenThreadPool,
}

// ours are the errors with texts of our own, and why.
var ours = map[string]string{
	"threading.ErrBrokenBarrier": "CPython's exception has no text",
	"threading.ErrSystemExit":    "an exception that nobody prints",
	"threading.ErrShutdown":      "CPython 3.11 starts the thread",
	"threading.ErrParties":       "CPython 3.11 makes such a barrier",
	"threading.ErrNoFunction":    "a TypeError that names the type",
	"threading.ErrNoInterpreter": "there is one interpreter in a process",
	"threading.ErrNoOwner":       "code knows its thread",
	"threading.ErrNoTimeline":    "there is no timeline",
	"threading.ErrRunTwice":      "there is one interpreter in a process",
	"threading.ErrFinalized":     "there are no goroutines beside threads",
	"queue.ErrEmpty":             "CPython's exception has no text",
	"queue.ErrFull":              "CPython's exception has no text",
	"queue.ErrNoComparison":      "items compare themselves",
	"futures.ErrCancelled":       "CPython's exception has no text",
	"futures.ErrTimeout":         "CPython's exception has no text but in as_completed",
	"futures.ErrInvalidState":    "CPython's text has the address of the future",
	"futures.ErrBrokenExecutor":  "a base class, which is never raised",
	"futures.ErrNoInterpreter":   "there is one interpreter in a process",
	"futures.ErrNoFuture":        "an AttributeError that names the type",
	"futures.ErrNilError":        "CPython takes None for a success",
}

// Every error of the three packages has CPython's text, as it was recorded, or a reason to
// have its own.
func TestTextsOfErrors(t *testing.T) {
	recorded, err := os.ReadFile(filepath.Join("testdata", "texts_01_misuse.txt"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(recorded), "\n")
	exported, err := namepage.Exported(map[string]string{
		"../threading": "threading.", "../queue": "queue.", "../futures": "futures.",
	})
	if err != nil {
		t.Fatal(err)
	}
	errs := 0
	for _, name := range exported {
		if _, last, _ := strings.Cut(name, "."); !strings.HasPrefix(last, "Err") {
			continue
		}
		errs++
		text, known := pythons[name]
		switch {
		case !known && ours[name] == "":
			t.Errorf("%s is not listed: does CPython have its text?", name)
		case known && !slices.ContainsFunc(lines, func(l string) bool {
			return strings.HasSuffix(l, "Error: "+text.Error()) || strings.HasSuffix(l, "Pool: "+text.Error())
		}):
			t.Errorf("%s: CPython did not print %q", name, text)
		}
	}
	if listed := len(pythons) + len(ours); errs != listed {
		t.Errorf("%d errors are listed, there are %d", listed, errs)
	}
}
