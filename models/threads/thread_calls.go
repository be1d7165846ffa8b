package threads

import (
	"time"

	"concbench/models"
)

// What a thread may do for itself. A nil handle is a goroutine that is none.

// Checkpoint gives the interpreter lock away if another thread has asked for it.
func (t *Thread) Checkpoint() {
	if t != nil {
		t.task.Checkpoint()
	}
}

// Sleep is time.sleep: it blocks the thread in clock_nanosleep(2) without the
// interpreter lock, which it lets go also for zero. A negative d is ErrSleepLength.
func (t *Thread) Sleep(d time.Duration) error {
	if d < 0 {
		return ErrSleepLength
	}
	t = t.release()
	defer t.retake()
	return sleep(d)
}

// Block lets the interpreter lock go while f runs, which must not use t. A panic
// in f is a [*models.PanicError]. Without f the error is ErrNoBody.
func (t *Thread) Block(f func() error) error {
	if f == nil {
		return ErrNoBody
	}
	if t == nil {
		t = holderHere()
	}
	if t == nil {
		return models.Protect(f)
	}
	return t.task.Block(f)
}

// release lets the interpreter lock go and returns the thread that is to take it
// back: t, or if that was left out, the one that calls after all. Otherwise it would
// wait with the lock, for others that cannot run without it.
func (t *Thread) release() *Thread {
	if t == nil {
		t = holderHere()
	}
	if t != nil {
		t.task.release()
	}
	return t
}

func (t *Thread) retake() {
	if t != nil {
		t.task.retake()
	}
}

// takeBack is retake for a call that has something to give to its caller, who will
// find at its next call that the interpreter has been finalised.
func (t *Thread) takeBack() {
	if t != nil {
		t.task.gil.take(&t.task)
	}
}
