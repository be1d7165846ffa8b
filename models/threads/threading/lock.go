package threading

import (
	"sync/atomic"
	"time"

	"concbench/models/threads/internal/futex"
)

// A Lock is CPython's threading.Lock: any thread may release it, and it is not fair. A
// release frees it and wakes one waiter; whoever comes first has it. Its zero value is
// free.
//
// It is one futex word. Threads wait for each other only through Locks: every other
// primitive is made of them. (The benchmark's contract asks for a lock that is handed over
// in order. That one is in package threads.)
type Lock struct{ word atomic.Uint32 }

const (
	lockFree = iota
	lockHeld
	lockContended // held, and a waiter may be blocked in the kernel
	lockAbandoned // a daemon waited for it when the interpreter was finalised
)

// forever is the timeout of a wait that has none. Zero is a look without a wait.
const forever = time.Duration(-1)

// NewLock makes a free lock.
func NewLock() *Lock { return &Lock{} }

func newHeldLock() *Lock {
	l := &Lock{}
	l.word.Store(lockHeld)
	return l
}

// Acquire takes the lock. It takes a free one without letting the interpreter lock go. The
// error is nil, except for a goroutine without a handle that waits together with daemon
// threads when the interpreter ends: that is ErrFinalized.
func (l *Lock) Acquire(t *Thread) error {
	if !l.acquire(t, forever) {
		return ErrFinalized
	}
	return nil
}

// TryAcquire takes the lock if it is free.
func (l *Lock) TryAcquire(t *Thread) bool { return l.acquire(t, 0) }

// AcquireTimeout waits for at most timeout and reports whether the caller has the lock. A
// negative timeout is ErrTimeoutNegative: to wait for ever, call Acquire.
func (l *Lock) AcquireTimeout(t *Thread, timeout time.Duration) (bool, error) {
	if timeout < 0 {
		return false, ErrTimeoutNegative
	}
	return l.acquire(t, timeout), nil
}

// Release frees the lock, whoever took it. The error is ErrReleaseUnlocked if it was free.
func (l *Lock) Release(t *Thread) error {
	held, waiting := l.free()
	switch {
	case !held:
		return ErrReleaseUnlocked
	case waiting && t != nil:
		t.tstate.WakeSoon(&l.word)
	case waiting:
		futex.Wake(&l.word, 1)
	default:
		t.Checkpoint()
	}
	return nil
}

// Locked reports whether the lock is held.
func (l *Lock) Locked() bool { return l.word.Load() != lockFree }

// acquire lets the interpreter lock go only if it has to wait.
func (l *Lock) acquire(t *Thread, timeout time.Duration) bool {
	if l.word.CompareAndSwap(lockFree, lockHeld) {
		t.Checkpoint()
		return true
	}
	if timeout == 0 {
		t.Checkpoint()
		return false
	}
	t = t.release()
	if t != nil {
		t.blockedOn.Store(l)
		defer t.blockedOn.Store(nil)
	}
	acquired := l.wait(t, timeout)
	t.retake()
	return acquired
}

// wait takes the lock as contended, since others may be waiting behind it. No daemon is
// overlooked at the end: each first says what it waits for, and then looks whether it is
// given up. Only after that is decided are the locks abandoned.
func (l *Lock) wait(t *Thread, timeout time.Duration) bool {
	deadline := time.Now().Add(timeout)
	for t == nil || !t.tstate.Finalizing() {
		switch l.word.Load() {
		case lockFree:
			if l.word.CompareAndSwap(lockFree, lockContended) {
				return true
			}
		case lockHeld:
			l.word.CompareAndSwap(lockHeld, lockContended)
		case lockContended:
			left := time.Duration(0) // no limit to futex.Wait
			if timeout != forever {
				if left = time.Until(deadline); left <= 0 {
					return false
				}
			}
			if futex.Wait(&l.word, lockContended, left) {
				return false
			}
		case lockAbandoned:
			return l.leave()
		}
	}
	return l.leave()
}

// leave gives up. It passes the wake-up that it got on to the next waiter.
func (l *Lock) leave() (acquired bool) {
	futex.Wake(&l.word, 1)
	return false
}

// open frees the lock and wakes a waiter. It reports false if it was free.
func (l *Lock) open() bool {
	held, waiting := l.free()
	if waiting {
		futex.Wake(&l.word, 1)
	}
	return held
}

// free frees the lock. It reports whether the lock was held, and whether a waiter may have
// to be woken.
func (l *Lock) free() (held, waiting bool) {
	for {
		state := l.word.Load()
		if state == lockFree {
			return false, false
		}
		if state == lockAbandoned {
			return true, false
		}
		if l.word.CompareAndSwap(state, lockFree) {
			return true, state == lockContended
		}
	}
}

// unlock is Release of a lock that is known to be held.
func (l *Lock) unlock(t *Thread) {
	l.open()
	t.Checkpoint()
}

// abandon makes the lock useless for good, and lets all its waiters leave.
func (l *Lock) abandon() {
	l.word.Store(lockAbandoned)
	futex.Wake(&l.word, 1)
}

// The part of a [Locker] that a [Condition] uses. A Lock has no owner: it can only tell
// whether it is held.

func (l *Lock) owned(*Thread) bool { return l.Locked() }

func (l *Lock) releaseSave(t *Thread) int {
	l.unlock(t)
	return 1
}

func (l *Lock) acquireRestore(t *Thread, _ int) { l.acquire(t, forever) }
