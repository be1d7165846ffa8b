package threading

import (
	"runtime"
	"time"

	"concbench/models"
	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/kernel"
)

// Checkpoint gives the interpreter lock away if another thread has asked for it. It
// stands where a bytecode would end: a loop that computes calls it at every turn.
func (t *Thread) Checkpoint() {
	if t != nil {
		t.tstate.Checkpoint()
	}
}

// Sleep is time.sleep: it blocks the thread in clock_nanosleep(2) without the
// interpreter lock. It lets the lock go for zero as well. A negative d is ErrSleepLength.
func (t *Thread) Sleep(d time.Duration) error {
	if d < 0 {
		return ErrSleepLength
	}
	t = t.release()
	defer t.retake()
	return kernel.Sleep(d)
}

// Block runs f without the interpreter lock; f must not use t. A panic in f is a
// [*models.PanicError]. Without f the error is ErrNoFunction.
func (t *Thread) Block(f func() error) error {
	if f == nil {
		return ErrNoFunction
	}
	if t == nil {
		t = holderHere()
	}
	if t == nil {
		return models.Protect(f)
	}
	return t.tstate.Block(f)
}

// Pin keeps the thread on one processor until it ends. The threads that it starts are
// not held to that processor. Without a handle the error is ErrNoOwner.
func (t *Thread) Pin(cpu int) error {
	if t == nil {
		return ErrNoOwner
	}
	return kernel.Pin(t.Name(), cpu)
}

// release lets the interpreter lock go and returns the thread that has to take it back:
// t, or the calling thread if the caller has passed nil all the same. Otherwise that
// thread would wait with the lock, for others that cannot run without it.
func (t *Thread) release() *Thread {
	if t == nil {
		t = holderHere()
	}
	if t != nil {
		t.tstate.Release()
	}
	return t
}

func (t *Thread) retake() {
	if t != nil {
		t.tstate.Retake()
	}
}

// takeBack is retake for a call that has acquired something for its caller. If the
// interpreter has been finalised, the caller finds out at its next call.
func (t *Thread) takeBack() {
	if t != nil {
		t.tstate.TakeBack()
	}
}

// native holds the threads of all interpreters by the kernel's numbers of them. It is
// empty where the system does not tell these.
var native = struct {
	mu      futex.Mutex
	threads map[int]*Thread
}{threads: map[int]*Thread{}}

// enroll notes on which kernel thread t runs: the caller's.
func (t *Thread) enroll() {
	id := kernel.ThreadID()
	if id == 0 {
		return
	}
	t.native.Store(int64(id))
	native.mu.Lock()
	defer native.mu.Unlock()
	native.threads[id] = t
}

// strike forgets that, before the kernel may give the number to another thread.
func (t *Thread) strike() {
	native.mu.Lock()
	defer native.mu.Unlock()
	delete(native.threads, t.NativeID())
}

// threadHere is the thread that the caller runs on, or nil. A goroutine that is no
// thread is locked to its kernel thread meanwhile, lest a thread come to life there.
func threadHere() *Thread {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	id := kernel.ThreadID()
	native.mu.Lock()
	defer native.mu.Unlock()
	return native.threads[id]
}

// holderHere is threadHere if that thread holds its interpreter lock, or nil.
func holderHere() *Thread {
	if t := threadHere(); t != nil && t.tstate.Holds() {
		return t
	}
	return nil
}
