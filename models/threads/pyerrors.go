package threads

// A RuntimeError is misuse that CPython answers with an exception of that name.
// The text is CPython's.
type RuntimeError string

func (e RuntimeError) Error() string { return string(e) }

// A ValueError is an argument that CPython answers with an exception of that
// name. The text is CPython's.
type ValueError string

func (e ValueError) Error() string { return string(e) }

// Misuse of threads and of the interpreter.
const (
	ErrStarted       = RuntimeError("threads can only be started once")
	ErrNotStarted    = RuntimeError("cannot join thread before it is started")
	ErrJoinSelf      = RuntimeError("cannot join current thread")
	ErrDaemonStarted = RuntimeError("cannot set daemon status of active thread")
	ErrShutdown      = RuntimeError("can't create new thread at interpreter shutdown")
	ErrAtExitLate    = RuntimeError("can't register atexit after shutdown")
	ErrFinalized     = RuntimeError("the interpreter has been finalised")
	ErrSleepLength   = ValueError("sleep length must be non-negative")
	ErrNoBody        = ValueError("a function was expected, got nil")
	ErrNoContext     = ValueError("a context was expected, got nil")
	ErrNoTimeline    = ValueError("a timeline was expected, got nil")
)

// Misuse of locks, and of what is made of them.
const (
	ErrReleaseUnlocked   = RuntimeError("release unlocked lock")
	ErrReleaseUnacquired = RuntimeError("cannot release un-acquired lock")
	ErrWaitUnacquired    = RuntimeError("cannot wait on un-acquired lock")
	ErrNotifyUnacquired  = RuntimeError("cannot notify on un-acquired lock")
	ErrNoOwner           = RuntimeError("this belongs to a thread: pass the handle of the one that runs")
	ErrTimeoutNegative   = ValueError("timeout value must be positive")
	ErrSemaphoreInitial  = ValueError("semaphore initial value must be >= 0")
	ErrReleaseCount      = ValueError("n must be one or more")
	ErrReleasedTooOften  = ValueError("Semaphore released too many times")
	ErrParties           = ValueError("parties must be >= 1")
)

// ErrBrokenBarrier is the error of a wait at a barrier that is broken, or comes
// to be while it is waited at. CPython's BrokenBarrierError is a RuntimeError
// without a text.
const ErrBrokenBarrier = RuntimeError("the barrier is broken")
