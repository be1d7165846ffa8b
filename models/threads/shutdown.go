package threads

import "concbench/models"

// finalize ends the interpreter, on its main thread t. From the moment when only
// daemons are left none of them runs code again, but for what it has deferred.
func (in *Interpreter) finalize(t *Thread) {
	in.setPhase(phaseShutdown)
	in.callAtExit(t)
	t.stop()
	for others := in.toJoin(); others != nil; others = in.toJoin() {
		for _, other := range others {
			other.alive.acquire(t, forever)
			other.alive.unlock(t)
		}
	}
	in.giveUpDaemons()
	// Free-threaded daemons do not come to want a lock; they look at this.
	in.run.gil.breaker.Or(breakFinal)
}

func (in *Interpreter) callAtExit(t *Thread) {
	for {
		in.mu.lock()
		last := in.atExit.Back()
		if last != nil {
			in.atExit.Remove(last)
		}
		in.mu.unlock()
		if last == nil {
			return
		}
		f := last.Value.(func(*Thread))
		if err := models.Protect(func() error { f(t); return nil }); err != nil {
			in.Report("Exception ignored in AtExit", err)
		}
	}
}

// toJoin lists the threads that are waited for. When there are none the last
// phase begins, in which nobody can start another.
func (in *Interpreter) toJoin() (others []*Thread) {
	in.mu.lock()
	defer in.mu.unlock()
	for e := in.active.Front(); e != nil; e = e.Next() {
		if t := e.Value.(*Thread); !t.daemon.Load() {
			others = append(others, t)
		}
	}
	if others == nil {
		in.phase = phaseFinal
		in.finished.Store(true)
	}
	return others
}

// giveUpDaemons sees that every daemon finds the end. Those that are parked are
// woken, a few by this call and each of the others by one that has ended: thousands
// that are woken together would only fight for the interpreter lock.
func (in *Interpreter) giveUpDaemons() {
	const atOnce = 4
	daemons := in.Enumerate()
	in.mu.lock()
	in.forsaken = daemons
	in.mu.unlock()
	for range atOnce {
		in.giveUpNext()
	}
}

// giveUpNext wakes the next daemon that is parked.
func (in *Interpreter) giveUpNext() {
	for t := in.nextForsaken(); t != nil && !t.giveUp(); t = in.nextForsaken() {
	}
}

func (in *Interpreter) nextForsaken() (t *Thread) {
	in.mu.lock()
	defer in.mu.unlock()
	if len(in.forsaken) > 0 {
		t, in.forsaken = in.forsaken[0], in.forsaken[1:]
	}
	return t
}

// giveUp reports whether the daemon was parked. One that is not yet, but means to
// be, looks for the end after it has said so, or finds its parker woken.
func (t *Thread) giveUp() (parked bool) {
	if l := t.blockedOn.Load(); l != nil {
		l.abandon()
		parked = true
	}
	parked = parked || t.task.state.Load() == parkerAsleep
	t.task.wake()
	return parked
}
