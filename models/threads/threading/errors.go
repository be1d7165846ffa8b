package threading

// A RuntimeError is a misuse for which CPython raises the exception of that name, which
// it also calls ThreadError. The text is CPython's.
type RuntimeError string

func (e RuntimeError) Error() string { return string(e) }

// A ValueError is an argument for which CPython raises the exception of that name. The
// text is CPython's.
type ValueError string

func (e ValueError) Error() string { return string(e) }

// Misuse of threads and of the interpreter. The first ones have CPython's words, the
// others have no counterpart there.
const (
	ErrStarted       = RuntimeError("threads can only be started once")
	ErrNotStarted    = RuntimeError("cannot join thread before it is started")
	ErrJoinSelf      = RuntimeError("cannot join current thread")
	ErrDaemonStarted = RuntimeError("cannot set daemon status of active thread")
	ErrAtExitLate    = RuntimeError("can't register atexit after shutdown")
	ErrSleepLength   = ValueError("sleep length must be non-negative")

	ErrShutdown      = RuntimeError("can't create new thread at interpreter shutdown") // CPython 3.12's words
	ErrFinalized     = RuntimeError("the interpreter has been finalised")
	ErrRunTwice      = RuntimeError("Run was called before; make another interpreter for it")
	ErrNoFunction    = ValueError("a function was expected, got nil")
	ErrNoInterpreter = ValueError("this was made by no interpreter: use NewInterpreter and NewThread")
	ErrNoOwner       = RuntimeError("this belongs to a thread: pass the handle of the one that runs")
)

// Misuse of locks, and of what is made of them, in CPython's words.
const (
	ErrReleaseUnlocked      = RuntimeError("release unlocked lock")
	ErrReleaseUnacquired    = RuntimeError("cannot release un-acquired lock")
	ErrWaitUnacquired       = RuntimeError("cannot wait on un-acquired lock")
	ErrNotifyUnacquired     = RuntimeError("cannot notify on un-acquired lock")
	ErrTimeoutNegative      = ValueError("timeout value must be positive")
	ErrSemaphoreInitial     = ValueError("semaphore initial value must be >= 0")
	ErrReleaseCount         = ValueError("n must be one or more")
	ErrReleasedTooManyTimes = ValueError("Semaphore released too many times")
	ErrParties              = ValueError("parties must be > 0")
)
