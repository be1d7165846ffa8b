package threading

import (
	"container/list"
	"errors"
	"io"
	"os"
	"sync/atomic"

	"concbench/models"
	"concbench/models/threads/internal/crew"
	"concbench/models/threads/internal/futex"
	"concbench/models/threads/internal/gil"
)

// An Interpreter is what threads share in CPython: one interpreter lock, the list of
// threads, the functions to call at exit. It runs once.
type Interpreter struct {
	// Stderr is where uncaught errors are reported. Set it before Run.
	Stderr io.Writer

	crew    *crew.Crew
	main    *Thread
	names   atomic.Int64 // the N of the last Thread-N
	started atomic.Uint64

	reporting futex.Mutex // of Stderr

	mu       futex.Mutex
	phase    phase
	active   list.List // of *Thread: alive or about to be, in the order of Start
	atExit   list.List // of func(*Thread)
	forsaken []*Thread // daemons that are still to be given up
	hook     Excepthook
	counts   map[string]int
}

// A phase is a part of an interpreter's life.
type phase int

const (
	phaseNew phase = iota
	phaseRunning
	phaseShutdown // main has returned; Run waits for the threads that are no daemons
	phaseFinal    // only daemons are left, and they end
)

// NewInterpreter makes an interpreter from key=value pairs separated by commas; an empty
// text means the defaults.
//
//	gil=on|off|ticks  on: one thread runs at a time, as in CPython 3.2 to 3.11.
//	                  off: free-threaded. ticks: as in Python 2.
//	interval=5ms      the switch interval under gil=on, from MinInterval to MaxInterval:
//	                  what sys.setswitchinterval sets
//	ticks=100         how many checkpoints a thread keeps the lock for under gil=ticks,
//	                  up to MaxTicks
func NewInterpreter(options string) (*Interpreter, error) {
	o, err := gil.ParseOptions(options)
	if err != nil {
		return nil, err
	}
	return newInterpreter(crew.New(o, nil)), nil
}

func newInterpreter(c *crew.Crew) *Interpreter {
	in := &Interpreter{Stderr: os.Stderr, crew: c, counts: map[string]int{}, hook: DefaultExcepthook}
	in.main = in.newThread(nil, "MainThread", false)
	return in
}

// isNone reports whether in was not made by NewInterpreter.
func (in *Interpreter) isNone() bool { return in == nil || in.crew == nil }

// Run runs main on a thread of its own, the main thread. When main has returned, Run does
// what CPython does at exit: it calls the functions that AtExit has registered, joins all
// threads that are not daemons, and ends the daemons. A daemon that is parked or comes to
// want the interpreter lock ends there; one that is blocked in the kernel ends when it
// comes out.
//
// Run returns main's error, but nil for ErrSystemExit. A panic is a
// [*models.PanicError]. A second Run is ErrRunTwice. Without main the error is
// ErrNoFunction, and there may be a Run later.
func (in *Interpreter) Run(main func(t *Thread) error) error {
	if in.isNone() {
		return ErrNoInterpreter
	}
	if main == nil {
		return ErrNoFunction
	}
	if err := in.begin(); err != nil {
		return err
	}
	crew.Begin()
	defer crew.End()
	t := in.main
	if err := in.crew.Admit(t.Name()); err != nil {
		in.setPhase(phaseFinal)
		return err
	}
	err := errGoexit
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		t.main(func() {
			t.begin()
			defer in.finalize(t)
			err = models.Protect(func() error { return main(t) })
		})
	}()
	<-ended
	if errors.Is(err, ErrSystemExit) {
		return nil
	}
	return err
}

func (in *Interpreter) begin() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.phase != phaseNew {
		return ErrRunTwice
	}
	in.phase = phaseRunning
	in.main.phase.Store(threadStarting)
	in.main.alive.word.Store(lockHeld)
	in.main.place = in.active.PushBack(in.main)
	return nil
}

func (in *Interpreter) setPhase(p phase) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.phase = p
}

// ThreadsStarted counts the threads that Start has made. Each was a new thread of the
// system: no such thread is used twice.
func (in *Interpreter) ThreadsStarted() uint64 { return in.started.Load() }

// MainThread is the thread of Run.
func (in *Interpreter) MainThread() *Thread { return in.main }

// CurrentThread is the interpreter's thread that the caller runs on, or nil. The code of a
// thread has its handle as an argument and need not ask. Off Linux the answer is nil.
func (in *Interpreter) CurrentThread() *Thread {
	if t := threadHere(); t != nil && t.interpreter == in {
		return t
	}
	return nil
}

// Enumerate lists the threads that are alive, daemons and the main thread included, in
// the order in which they were started.
func (in *Interpreter) Enumerate() []*Thread {
	in.mu.Lock()
	defer in.mu.Unlock()
	all := make([]*Thread, 0, in.active.Len())
	for e := in.active.Front(); e != nil; e = e.Next() {
		all = append(all, e.Value.(*Thread))
	}
	return all
}

// ActiveCount is the length of Enumerate.
func (in *Interpreter) ActiveCount() int {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.active.Len()
}

// AtExit registers f: the main thread calls it when main has returned, before it joins
// the other threads. The function that was registered last is called first. remove takes
// f back. After main has returned the error is ErrAtExitLate, and without f it is
// ErrNoFunction.
func (in *Interpreter) AtExit(f func(t *Thread)) (remove func(), err error) {
	if in.isNone() {
		return nil, ErrNoInterpreter
	}
	if f == nil {
		return nil, ErrNoFunction
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.phase >= phaseShutdown {
		return nil, ErrAtExitLate
	}
	e := in.atExit.PushBack(f)
	return func() {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.atExit.Remove(e)
	}, nil
}

// Count numbers the things of one kind from 0. Package futures names its pools by it.
func (in *Interpreter) Count(kind string) int {
	in.mu.Lock()
	defer in.mu.Unlock()
	n := in.counts[kind]
	in.counts[kind]++
	return n
}
