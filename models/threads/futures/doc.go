// Package futures is CPython's concurrent.futures for the threads of package threading: a
// pool of threads, and futures that hold the results of the calls submitted to it.
// docs/threading.md lists it name by name.
//
//	pool, err := futures.NewThreadPoolExecutor(t.Interpreter(), futures.Config{MaxWorkers: 4})
//	future, err := futures.Submit(t, pool, func(t *threading.Thread) (int, error) { ... })
//	n, err := future.Result(t)
//	err = pool.Shutdown(t)
//
// The first argument is the caller's handle, or nil for a goroutine that is no thread of
// an interpreter.
//
// # How it works
//
// A pool has one queue. A submission takes the token of an idle worker if there is one;
// else it starts a thread, up to the limit. A worker gives its token after it has delivered
// a result, so it is a matter of luck whether the next submission finds the token, as in
// CPython. [ThreadPoolExecutor.Stats] tell the submissions that started a thread from those
// that used one again.
//
// A future is a state under a lock. The thread that completes it calls its callbacks at
// once.
//
// # Python's words and Go's
//
// Where CPython raises, an error is returned. A future keeps the error of its call as it
// was returned; a panic is a [*models.PanicError]. Where Python tells two calls apart by an
// argument, there are two methods: Result and ResultTimeout. Sets of futures are slices in
// the order of the arguments.
//
// # What it will not do
//
// A pool that is forgotten is not shut down when it is collected, but when its interpreter
// ends, which waits for all submitted jobs. There are no processes: ProcessPoolExecutor has
// no counterpart.
package futures
