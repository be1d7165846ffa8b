package threads

import (
	"sync/atomic"
	"time"
)

// A Lock is CPython's threading.Lock: any thread may release it, and it is not
// fair. A release frees it and wakes one waiter; whoever comes first has it. Its
// zero value is free.
//
// It is one futex word, and the only thing that a thread waits for another on:
// what else there is to wait for is made of Locks. (The benchmark's contract asks
// for a lock that is handed over in order; that one is in lock.go.)
type Lock struct{ word atomic.Uint32 }

const (
	lockFree = iota
	lockHeld
	lockContended // held, and somebody may be waiting in the kernel
	lockAbandoned // a daemon waited for it when the interpreter was finalised
)

// forever is the timeout of a wait without one. Zero is a look without a wait.
const forever = time.Duration(-1)

// NewLock makes a free lock.
func NewLock() *Lock { return &Lock{} }

func newHeldLock() *Lock {
	l := &Lock{}
	l.word.Store(lockHeld)
	return l
}

// Acquire takes the lock. A free one is taken without letting the interpreter
// lock go. The error is ErrFinalized, for a goroutine that waits together with
// daemon threads when these are given up, and nil otherwise.
func (l *Lock) Acquire(t *Thread) error {
	if !l.acquire(t, forever) {
		return ErrFinalized
	}
	return nil
}

// TryAcquire takes the lock if it is free.
func (l *Lock) TryAcquire(t *Thread) bool { return l.acquire(t, 0) }

// AcquireTimeout waits for at most timeout and reports whether it has the lock. A
// negative timeout is ErrTimeoutNegative: to wait for ever call Acquire.
func (l *Lock) AcquireTimeout(t *Thread, timeout time.Duration) (bool, error) {
	if timeout < 0 {
		return false, ErrTimeoutNegative
	}
	return l.acquire(t, timeout), nil
}

// Release frees the lock, whoever took it. ErrReleaseUnlocked says that nobody had.
func (l *Lock) Release(t *Thread) error {
	held, waiting := l.free()
	switch {
	case !held:
		return ErrReleaseUnlocked
	case waiting && t != nil:
		t.task.wakeSoon(&l.word)
	case waiting:
		futexWake(&l.word, 1)
	default:
		t.Checkpoint()
	}
	return nil
}

// Locked reports whether somebody has the lock.
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

// wait takes the lock as contended, since others may be waiting behind it. That a
// daemon looks whether it is given up after it has said what it waits for, and
// abandon comes after that was decided, is why none is overlooked.
func (l *Lock) wait(t *Thread, timeout time.Duration) bool {
	deadline := time.Now().Add(timeout)
	for t == nil || !t.finalizing() {
		switch l.word.Load() {
		case lockFree:
			if l.word.CompareAndSwap(lockFree, lockContended) {
				return true
			}
		case lockHeld:
			l.word.CompareAndSwap(lockHeld, lockContended)
		case lockContended:
			left := time.Duration(0) // for futexWait: no limit
			if timeout != forever {
				if left = time.Until(deadline); left <= 0 {
					return false
				}
			}
			if futexWait(&l.word, lockContended, left) {
				return false
			}
		case lockAbandoned:
			return l.leave()
		}
	}
	return l.leave()
}

// leave is for a waiter that gives up. The wake-up that has told it so is for the
// next one, too.
func (l *Lock) leave() (acquired bool) {
	futexWake(&l.word, 1)
	return false
}

// open frees the lock and wakes a waiter. It reports false if it was free.
func (l *Lock) open() bool {
	held, waiting := l.free()
	if waiting {
		futexWake(&l.word, 1)
	}
	return held
}

// free frees the lock and reports whether it was held, and whether there may be
// a waiter to be woken.
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

// abandon makes the lock useless and lets all who wait for it leave, for good.
func (l *Lock) abandon() {
	l.word.Store(lockAbandoned)
	futexWake(&l.word, 1)
}

// What a [Condition] asks of its lock. A Lock has no owner: held is all it can tell.

func (l *Lock) owned(*Thread) bool { return l.Locked() }

func (l *Lock) releaseSave(t *Thread) int {
	l.unlock(t)
	return 1
}

func (l *Lock) acquireRestore(t *Thread, _ int) { l.acquire(t, forever) }
