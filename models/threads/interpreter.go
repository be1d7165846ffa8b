package threads

import (
	"container/list"
	"errors"
	"io"
	"os"
	"sync/atomic"

	"concbench/models"
)

// An Interpreter is what threads share in CPython: one interpreter lock, the
// list of threads, what is called at exit. It runs once.
type Interpreter struct {
	// Stderr is where uncaught errors are reported. It is set before Run.
	Stderr io.Writer

	options  options
	run      *run
	main     *Thread
	names    atomic.Int64 // the N of the last Thread-N
	idents   atomic.Int64
	started  atomic.Uint64
	finished atomic.Bool // only daemons are left, and they end

	reporting mutex // of Stderr

	mu       mutex
	phase    phase
	active   list.List // of *Thread: alive or about to be, in the order of Start
	atExit   list.List // of func(*Thread)
	forsaken []*Thread // daemons that are still to be given up
	hook     Excepthook
	counts   map[string]int
}

// A phase is how far an interpreter has come.
type phase int

const (
	phaseNew phase = iota
	phaseRunning
	phaseShutdown // main has returned, its threads are waited for
	phaseFinal
)

// NewInterpreter makes an interpreter from the options that [New] knows.
func NewInterpreter(options string) (*Interpreter, error) {
	o, err := parseOptions(options)
	if err != nil {
		return nil, err
	}
	in := &Interpreter{
		Stderr: os.Stderr, options: o, run: newRun(o, nil, systemCeiling),
		counts: map[string]int{}, hook: defaultExcepthook,
	}
	in.main = in.newThread(nil, "MainThread", false)
	return in, nil
}

// Run runs main on a thread of its own, the main thread. When main has returned,
// Run does what CPython does at exit: it calls what AtExit has registered, joins
// all threads that are not daemons, and gives up those that are. A daemon that is
// parked or comes to want the interpreter lock ends; one that is blocked in the
// kernel ends when it comes out.
//
// Run returns main's error; a panic is a [*models.PanicError]. A second Run is
// refused. Without main the error is ErrNoBody, and there may be a Run later.
func (in *Interpreter) Run(main func(t *Thread) error) error {
	if main == nil {
		return ErrNoBody
	}
	if err := in.begin(); err != nil {
		return err
	}
	procsEnter()
	defer procsLeave()
	t := in.main
	if err := in.run.admit(&t.task); err != nil {
		in.setPhase(phaseFinal)
		return err
	}
	err := errGoexit
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		t.task.main(func(models.Task) error {
			t.begin()
			defer in.finalize(t)
			err = models.Protect(func() error { return main(t) })
			return nil
		}, nil)
	}()
	<-ended
	if errors.Is(err, ErrSystemExit) {
		return nil
	}
	return err
}

func (in *Interpreter) begin() error {
	in.mu.lock()
	defer in.mu.unlock()
	if in.phase != phaseNew {
		return RuntimeError("Run was called before; make another interpreter for it")
	}
	in.phase = phaseRunning
	in.main.state.Store(threadStarting)
	in.main.alive.word.Store(lockHeld)
	in.main.place = in.active.PushBack(in.main)
	return nil
}

func (in *Interpreter) setPhase(p phase) {
	in.mu.lock()
	defer in.mu.unlock()
	in.phase = p
}

// Stats are the counts of the interpreter lock so far.
func (in *Interpreter) Stats() Stats { return in.run.gil.snapshot() }

// ThreadsStarted counts the threads that Start has made. Each was a new thread
// of the system: those are never used twice, only a pool's workers are.
func (in *Interpreter) ThreadsStarted() uint64 { return in.started.Load() }

// MainThread is the thread of Run.
func (in *Interpreter) MainThread() *Thread { return in.main }

// CurrentThread is the interpreter's thread that the caller runs on, or nil. A
// thread has its handle as an argument and need not ask; off Linux the answer
// is nil.
func (in *Interpreter) CurrentThread() *Thread {
	if t := threadHere(); t != nil && t.interpreter == in {
		return t
	}
	return nil
}

// Enumerate lists the threads that are alive, daemons and the main thread too, in
// the order in which they were started.
func (in *Interpreter) Enumerate() []*Thread {
	in.mu.lock()
	defer in.mu.unlock()
	all := make([]*Thread, 0, in.active.Len())
	for e := in.active.Front(); e != nil; e = e.Next() {
		all = append(all, e.Value.(*Thread))
	}
	return all
}

// ActiveCount is the length of Enumerate.
func (in *Interpreter) ActiveCount() int {
	in.mu.lock()
	defer in.mu.unlock()
	return in.active.Len()
}

// AtExit has f called by the main thread when main has returned, before the
// other threads are joined: the last registered first. remove takes it back.
// After that moment the error is ErrAtExitLate, and without f it is ErrNoBody.
func (in *Interpreter) AtExit(f func(t *Thread)) (remove func(), err error) {
	if f == nil {
		return nil, ErrNoBody
	}
	in.mu.lock()
	defer in.mu.unlock()
	if in.phase >= phaseShutdown {
		return nil, ErrAtExitLate
	}
	e := in.atExit.PushBack(f)
	return func() {
		in.mu.lock()
		defer in.mu.unlock()
		in.atExit.Remove(e)
	}, nil
}

// Count numbers the things of one kind from 0, for names such as those of pools.
func (in *Interpreter) Count(kind string) int {
	in.mu.lock()
	defer in.mu.unlock()
	n := in.counts[kind]
	in.counts[kind]++
	return n
}
