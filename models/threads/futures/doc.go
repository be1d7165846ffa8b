// Package futures is CPython's concurrent.futures for the threads of package
// threads: a pool of threads, and futures that stand for the results of what is
// submitted to it.
//
//	pool, err := futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: 4})
//	future, err := futures.Submit(t, pool, func(t *threading.Thread) (int, error) { ... })
//	n, err := future.Result(t)
//	err = pool.Shutdown(t)
//
// The first argument is the running thread's handle, or nil for a goroutine that
// is no thread of an interpreter.
//
// # How it works
//
// A pool has one queue. A submission takes the token of an idle worker if there
// is one; else it starts a thread, up to the limit. A worker gives its token when
// it has delivered a result, so whether the next submission finds it is a matter
// of luck, as in CPython. [ThreadPoolExecutor.Stats] tell threads that were
// started for a job from those that were used again.
//
// A future is a state under a lock. Whoever completes it calls its callbacks at
// once, on its own thread.
//
// # Python's words and Go's
//
// Where CPython raises, an error is returned; a job's panic is a
// [*models.PanicError] of its future. What differs in Python's calls by an argument
// that may be left out are calls of their own here: Result and ResultTimeout.
// Sets of futures are slices in the order of the arguments.
//
// # What it will not do
//
// A pool that is forgotten is not shut down when it is collected, but when its
// interpreter ends, which waits for all that was submitted. There are no
// processes.
package futures
