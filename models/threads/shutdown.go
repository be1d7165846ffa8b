package threads

import "concbench/models"

// finalize ends the interpreter, on its main thread t. From the moment when only
// daemons are left none of them runs code again, but for what it has deferred.
func (in *Interpreter) finalize(t *Thread) {
	in.mu.lock()
	in.phase = phaseShutdown
	in.mu.unlock()
	in.callAtExit(t)
	t.stop()
	for others := in.toJoin(); others != nil; others = in.toJoin() {
		for _, other := range others {
			other.alive.acquire(t, forever)
			other.alive.unlock(t)
		}
	}
	for _, daemon := range in.Enumerate() {
		daemon.giveUp()
	}
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

// giveUp wakes a daemon that is parked, so that it finds the end.
func (t *Thread) giveUp() {
	if l := t.blockedOn.Load(); l != nil {
		l.abandon()
	}
	t.task.wake()
}
