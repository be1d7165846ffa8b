// Package loopthread knows which threads are locked to an event loop.
//
// A coroutine of iter.Pull must be resumed under the thread lock under which it
// was made: on the same locked thread at the same depth of locking, or on none.
// Otherwise the runtime ends the process, and no recover helps. The runtime does
// not tell how a goroutine is locked, so those who lock one say so here, and who
// is about to resume a coroutine asks whether it stands where it was made.
//
// Nothing but the locked goroutine and its coroutines ever runs on a locked
// thread, so the thread's number says enough. Locks that nobody reported remain
// unknown. Outside Linux threads have no numbers without cgo, and nothing is
// known at all.
package loopthread

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// A Place is where code runs, as far as coroutines care: a locked thread, and
// how many times [Enter] was called there. The zero Place is everywhere else.
type Place struct {
	Thread int32 // the kernel's number
	Depth  int32
}

func (p Place) String() string {
	if p == (Place{}) {
		return "outside any event loop"
	}
	return fmt.Sprintf("on the event loop's thread %d (depth %d)", p.Thread, p.Depth)
}

// entered has one place for each thread; nil if there is none, so that [Here]
// costs one load then. A slice is never changed once it stands here.
var (
	entered  atomic.Pointer[[]Place]
	changing sync.Mutex
)

// Enter says that the calling goroutine has just been locked to its thread.
func Enter() { change(func(depth int32) int32 { return depth + 1 }) }

// Leave takes one Enter of this thread back. It comes before the goroutine is
// unlocked, and does nothing where nobody entered.
func Leave() { change(func(depth int32) int32 { return depth - 1 }) }

// Here is where the caller runs.
func Here() Place {
	if all := entered.Load(); all != nil {
		return find(*all, threadID())
	}
	return Place{}
}

func find(all []Place, thread int32) Place {
	for _, p := range all {
		if p.Thread == thread {
			return p
		}
	}
	return Place{}
}

func change(depth func(int32) int32) {
	thread := threadID()
	if thread == 0 {
		return
	}
	changing.Lock()
	defer changing.Unlock()
	var others []Place
	if all := entered.Load(); all != nil {
		others = slices.Clone(*all)
	}
	here := Place{thread, depth(find(others, thread).Depth)}
	others = slices.DeleteFunc(others, func(p Place) bool { return p.Thread == thread })
	if here.Depth > 0 {
		others = append(others, here)
	}
	if len(others) == 0 {
		entered.Store(nil)
		return
	}
	entered.Store(&others)
}
