package threads

import "runtime"

// native has the threads of all interpreters by the kernel's numbers of them. It is
// empty where the system does not tell these.
var native = struct {
	mu      mutex
	threads map[int]*Thread
}{threads: map[int]*Thread{}}

// enroll notes on which kernel thread t runs, which is the caller's.
func (t *Thread) enroll() {
	id := nativeID()
	if id == 0 {
		return
	}
	t.native.Store(int64(id))
	native.mu.lock()
	defer native.mu.unlock()
	native.threads[id] = t
}

// strike forgets it, before the kernel may give the number to another thread.
func (t *Thread) strike() {
	native.mu.lock()
	defer native.mu.unlock()
	delete(native.threads, t.NativeID())
}

// threadHere is the thread that the caller runs on, or nil. A goroutine that is none
// stays where it is meanwhile, lest a thread come to life there.
func threadHere() *Thread {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	id := nativeID()
	native.mu.lock()
	defer native.mu.unlock()
	return native.threads[id]
}

// holderHere is the same, but only if that thread holds its interpreter lock.
func holderHere() *Thread {
	if t := threadHere(); t != nil && t.task.gil.heldBy(&t.task) {
		return t
	}
	return nil
}
