package coroutine

import (
	"errors"
	"iter"

	"concbench/models"
	"concbench/models/coroutine/generator"
)

// Errors of asynchronous generators, with Python's texts.
var (
	// ErrStopAsyncIteration is the end of an asynchronous generator.
	ErrStopAsyncIteration = errors.New("StopAsyncIteration")
	// ErrAsyncGenRunning: another task waits for its next value.
	ErrAsyncGenRunning = errors.New("asynchronous generator is already running")
	// ErrAsyncGenJustStarted: there is no yield yet that could have a value.
	ErrAsyncGenJustStarted = errors.New("can't send non-None value to a just-started async generator")
	// ErrAsyncGenIgnoredExit: it yielded although it was closed.
	ErrAsyncGenIgnoredExit = errors.New("async generator ignored GeneratorExit")
	// ErrAsyncGenRaisedStop: the body returned [ErrStopAsyncIteration].
	ErrAsyncGenRaisedStop = errors.New("async generator raised StopAsyncIteration")
)

// An AsyncGenerator yields values of type Y, is sent values of type S, and may
// wait on the loop in between, as part of the task that asks for the next value.
//
// The loop keeps a generator that has begun until it ends, and
// [Loop.ShutdownAsyncGens] closes those that are left.
type AsyncGenerator[Y, S any] struct {
	nested
	body func(*AsyncYielder[Y, S]) error

	value  Y     // yielded
	sent   S     // what the yield returns
	thrown error // likewise
}

// An AsyncYielder is what the body of an asynchronous generator yields with.
type AsyncYielder[Y, S any] struct{ g *AsyncGenerator[Y, S] }

// NewAsyncGenerator makes a generator of a body, which begins with the first
// Next; without one that returns [generator.ErrNoBody].
func NewAsyncGenerator[Y, S any](body func(*AsyncYielder[Y, S]) error) *AsyncGenerator[Y, S] {
	return &AsyncGenerator[Y, S]{body: body}
}

// Task is the task that asks for the next value, in whose name the body waits.
// It may be another one after a yield.
func (y *AsyncYielder[Y, S]) Task() *Task { return y.g.driver }

// Yield gives v to whoever waits for it, and returns what is sent with the next
// request, or the error that is thrown.
func (y *AsyncYielder[Y, S]) Yield(v Y) (S, error) {
	g := y.g
	var none S
	if g.state != running || !g.driver.IsRunning() {
		return none, misuse("Yield", generator.ErrYieldOutside)
	}
	g.value = v
	if !g.yield(yields) {
		return none, g.abandoned()
	}
	return g.sent, g.thrown
}

// Next makes t wait for the next value: asyncio's anext. The end is
// [ErrStopAsyncIteration].
func (g *AsyncGenerator[Y, S]) Next(t *Task) (Y, error) {
	var none S
	return g.request(t, none, nil)
}

// Send is Next with a value for the yield. The first request has no yield to
// send to, and must be Next.
func (g *AsyncGenerator[Y, S]) Send(t *Task, v S) (Y, error) {
	if g.state == created {
		var none Y
		return none, misuse("Send", ErrAsyncGenJustStarted)
	}
	return g.request(t, v, nil)
}

// Throw is Next with an error for the yield. A generator that has not begun
// never does and returns err. To throw nil is [generator.ErrThrowNil].
func (g *AsyncGenerator[Y, S]) Throw(t *Task, err error) (Y, error) {
	if err == nil {
		var none Y
		return none, misuse("Throw", generator.ErrThrowNil)
	}
	var none S
	return g.request(t, none, err)
}

// Close has the yield return [generator.ErrGeneratorExit], whereupon the body
// should return; it may wait before that. Close may be called again.
func (g *AsyncGenerator[Y, S]) Close(t *Task) error {
	_, err := g.Throw(t, generator.ErrGeneratorExit)
	switch {
	case err == nil:
		return misuse("Close", ErrAsyncGenIgnoredExit)
	case errors.Is(err, ErrStopAsyncIteration) || errors.Is(err, generator.ErrGeneratorExit):
		return nil
	}
	return err
}

// All is asyncio's async for: the values until the end, or until an error,
// which comes with a zero value. To leave the loop does not close the generator.
func (g *AsyncGenerator[Y, S]) All(t *Task) iter.Seq2[Y, error] {
	return func(yield func(Y, error) bool) {
		for {
			v, err := g.Next(t)
			if errors.Is(err, ErrStopAsyncIteration) || !yield(v, err) || err != nil {
				return
			}
		}
	}
}

func (g *AsyncGenerator[Y, S]) request(t *Task, sent S, thrown error) (Y, error) {
	var none Y
	switch {
	case !t.IsRunning():
		return none, misuse("await", ErrNotCurrent)
	case g.state == running:
		return none, misuse("await", ErrAsyncGenRunning)
	case g.state == ended:
		return none, ErrStopAsyncIteration
	case g.state == created && thrown != nil:
		g.state = ended
		return none, thrown
	case g.state == created:
		g.begin(t.loop, g.run)
		t.loop.keep(g)
	case g.loop != t.loop:
		return none, misuse("await", ErrForeignFuture)
	}
	g.sent, g.thrown = sent, thrown
	if g.drive(t) {
		v := g.value
		g.value = none
		return v, nil
	}
	delete(t.loop.asyncGens, g)
	return none, g.ending()
}

// run is the generator's coroutine.
func (g *AsyncGenerator[Y, S]) run() error {
	if g.body == nil {
		return misuse("await", generator.ErrNoBody)
	}
	return models.Protect(func() error { return g.body(&AsyncYielder[Y, S]{g}) })
}

// ending is what the last request returns.
func (g *AsyncGenerator[Y, S]) ending() error {
	switch {
	case g.err == nil:
		return ErrStopAsyncIteration
	case errors.Is(g.err, ErrStopAsyncIteration):
		return misuse("await", ErrAsyncGenRaisedStop)
	}
	return g.err
}

// An openAsyncGen is an asynchronous generator that has begun and not ended.
type openAsyncGen interface {
	Close(t *Task) error
	abandon()
}

func (l *Loop) keep(g openAsyncGen) {
	if l.asyncGens == nil {
		l.asyncGens = map[openAsyncGen]struct{}{}
	}
	l.asyncGens[g] = struct{}{}
}

// ShutdownAsyncGens closes, in tasks of their own, the asynchronous generators
// that have begun and not ended, and waits for that. What goes wrong is
// reported to the exception handler.
func (l *Loop) ShutdownAsyncGens(t *Task) error {
	closing := make([]*TaskOf[None], 0, len(l.asyncGens))
	for g := range l.asyncGens {
		closing = append(closing, t.Start("close asynchronous generator", g.Close))
	}
	for _, c := range closing {
		if err := c.Join(t); t.Cancelling() > 0 && isCancellation(err) {
			return err
		} else if err != nil {
			l.CallExceptionHandler(ErrorReport{Message: "an error occurred during closing of asynchronous generator", Err: err})
		}
	}
	return nil
}
