package threading

import "concbench/models"

// finalize ends the interpreter, on its main thread t. Once only daemons are left, none of
// them runs code again, except the calls that it has deferred.
func (in *Interpreter) finalize(t *Thread) {
	in.setPhase(phaseShutdown)
	defer in.end(t)
	in.callAtExit(t)
}

// end is the part of finalize after the functions of AtExit.
func (in *Interpreter) end(t *Thread) {
	t.stop()
	for others := in.toJoin(); others != nil; others = in.toJoin() {
		for _, other := range others {
			other.alive.acquire(t, forever)
			other.alive.unlock(t)
		}
	}
	in.giveUpDaemons()
	in.crew.Lock.InterruptAll() // for free-threaded daemons, which never want the lock
}

// callAtExit calls the functions that AtExit has registered. None of them stops the next,
// even if it calls runtime.Goexit.
func (in *Interpreter) callAtExit(t *Thread) {
	for f := in.nextAtExit(); f != nil; f = in.nextAtExit() {
		in.callOne(t, f)
	}
}

func (in *Interpreter) callOne(t *Thread, f func(*Thread)) {
	err := errGoexit
	defer func() {
		if err != nil {
			in.Report("Exception ignored in AtExit", err)
		}
		if err == errGoexit {
			in.callAtExit(t)
		}
	}()
	err = models.Protect(func() error { f(t); return nil })
}

// nextAtExit takes the function that was registered last.
func (in *Interpreter) nextAtExit() func(*Thread) {
	in.mu.Lock()
	defer in.mu.Unlock()
	last := in.atExit.Back()
	if last == nil {
		return nil
	}
	return in.atExit.Remove(last).(func(*Thread))
}

// toJoin lists the threads that finalize waits for. When there are none the last phase
// begins, in which no thread can be started.
func (in *Interpreter) toJoin() (others []*Thread) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for e := in.active.Front(); e != nil; e = e.Next() {
		if t := e.Value.(*Thread); !t.daemon.Load() {
			others = append(others, t)
		}
	}
	if others == nil {
		in.phase = phaseFinal
		in.crew.Lock.Finalize(&in.main.tstate)
	}
	return others
}

// giveUpDaemons lets every daemon find the end. This call wakes a few of the parked
// daemons; each daemon that ends wakes the next. Thousands that wake together would only
// fight for the interpreter lock.
func (in *Interpreter) giveUpDaemons() {
	const atOnce = 4
	daemons := in.Enumerate()
	in.mu.Lock()
	in.forsaken = daemons
	in.mu.Unlock()
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
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(in.forsaken) > 0 {
		t, in.forsaken = in.forsaken[0], in.forsaken[1:]
	}
	return t
}

// giveUp reports whether the daemon was parked. A daemon that is about to park first says
// on which lock, and then looks for the end.
func (t *Thread) giveUp() (parked bool) {
	l := t.blockedOn.Load()
	if l != nil {
		l.abandon()
	}
	return l != nil
}
