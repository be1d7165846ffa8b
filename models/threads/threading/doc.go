// Package threading is CPython's threading module on kernel threads, under a re-created
// global interpreter lock. docs/threading.md lists it name by name.
//
//	in, err := threading.NewInterpreter("")
//	err = in.Run(func(t *threading.Thread) error {
//		worker := t.NewThread(work)
//		if err := worker.Start(t); err != nil {
//			return err
//		}
//		return worker.Join(t)
//	})
//
// # Handles
//
// A [Thread] is also the handle of the code that runs on it, and every call that may block
// takes the caller's handle first. nil stands for a goroutine that is no thread of the
// interpreter: it may use the primitives, queues and pools as well, and has no interpreter
// lock to let go. Code that runs on a thread passes its handle. If it passes nil instead, a
// call that has to wait asks the kernel which thread it is. Only Linux tells. On other
// systems it would block while still holding the GIL, and every thread that needs the GIL
// would hang.
//
// # Errors
//
// Where Python raises, an error is returned: a [RuntimeError] or [ValueError] with CPython's
// words. Where Python tells two calls apart by an argument, there are two methods: Acquire
// waits for ever, TryAcquire not at all, AcquireTimeout for so long. How a thread ends goes
// to the [Excepthook]: the error of its target, its panic, or its runtime.Goexit.
//
// # How it works
//
// Threads wait for each other only through [Lock], an unfair futex lock. [RLock],
// [Condition], [Semaphore], [Event] and [Barrier] are made of it the way CPython makes them,
// and so cost and behave the same: a woken waiter may be overtaken. A call that stands for
// a call of a C function ends with a checkpoint.
//
// lock.go to barrier.go are the primitives; thread.go makes threads, life.go starts, ends and
// joins them; interpreter.go is what they share and shutdown.go its end; calls.go is what a
// thread does for itself; file.go, conn.go and tls.go are files, pipes and connections, whose
// calls let the interpreter lock go; gil.go names what can be asked of that lock.
//
// # What it will not do
//
// No thread can be stopped from outside. Nothing detects a deadlock, except a thread that
// joins itself. A daemon that is blocked in the kernel when its interpreter ends lives until
// the kernel lets it go; CPython ends the process. Signals interrupt no wait: let the main
// thread [Thread.Block] until one comes.
package threading
