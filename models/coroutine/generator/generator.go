package generator

import (
	"errors"
	"iter"

	"concbench/models/coroutine/internal/loopthread"
)

// A Generator gives values of type Y, takes values of type S, and ends with a
// value of type R.
type Generator[Y, S, R any] struct {
	y      Yielder[Y, S]
	body   func(*Yielder[Y, S]) (R, error)
	made   loopthread.Place
	next   func() (Y, bool)
	result R
	err    error
}

// New makes a generator. Nothing of its body runs, and nothing has to be closed,
// until the first Next; without a body that returns [ErrNoBody].
func New[Y, S, R any](body func(*Yielder[Y, S]) (R, error)) *Generator[Y, S, R] {
	return &Generator[Y, S, R]{body: body}
}

// State says how far the generator is.
func (g *Generator[Y, S, R]) State() State { return State(g.y.state.Load()) }

// Next runs the body to its next yield and returns the value yielded. The error
// is a *[StopIteration] when the body returns or has ended, otherwise what the
// body failed with, or [ErrAlreadyExecuting], or a *[ThreadError].
func (g *Generator[Y, S, R]) Next() (Y, error) {
	return g.resume(resumption[S]{}, loopthread.Here())
}

// Send is Next, except that v is what the body's yield returns. While no yield
// waits for it, [ErrJustStarted] is returned and the generator is as it was.
func (g *Generator[Y, S, R]) Send(v S) (Y, error) {
	return g.resume(resumption[S]{sent: v, bySend: true}, loopthread.Here())
}

// Throw is Next, except that the body's yield returns err. A body that has not
// begun never will: the generator is closed, and err comes back, as it does from
// a closed one.
func (g *Generator[Y, S, R]) Throw(err error) (Y, error) {
	if err == nil {
		var none Y
		return none, ErrThrowNil
	}
	return g.resume(resumption[S]{thrown: err}, loopthread.Here())
}

// Close ends the generator: the body's yield returns [ErrGeneratorExit], and Close
// returns when the body has ended, with its error if it is another one. If the
// body yields once more, that is [ErrIgnoredGeneratorExit]. To close a generator
// that has ended or not begun runs nothing and returns nil.
func (g *Generator[Y, S, R]) Close() error {
	_, err := g.resume(resumption[S]{thrown: ErrGeneratorExit}, loopthread.Here())
	return exited(err)
}

// exited is what a close returns, given what the resumption with
// [ErrGeneratorExit] did.
func exited(err error) error {
	if err == nil {
		return ErrIgnoredGeneratorExit
	}
	if isExit(err) || errors.Is(err, ErrStopIteration) {
		return nil
	}
	return err
}

// All is the values from here to the end, for a range loop. If the body fails, the
// last round has the zero value and the error. Leaving the loop early leaves the
// generator suspended, as in Python: go on with it, or Close it.
func (g *Generator[Y, S, R]) All() iter.Seq2[Y, error] {
	return func(yield func(Y, error) bool) {
		for {
			v, err := g.Next()
			if errors.Is(err, ErrStopIteration) || !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// resume gives the body its turn. Only whoever has made the state Running touches
// anything else of the generator. In a delegation the place, which is not free
// while a loop runs, is asked for once.
func (g *Generator[Y, S, R]) resume(in resumption[S], here loopthread.Place) (v Y, err error) {
	if before := g.State(); before != Suspended {
		return g.begin(before, in, here)
	}
	if !g.y.state.CompareAndSwap(int32(Suspended), int32(Running)) {
		return v, ErrAlreadyExecuting
	}
	if here != g.made {
		g.y.state.Store(int32(Suspended))
		return v, newThreadError(g.made, here)
	}
	return g.step(in, here)
}

// begin is resume for a generator that waits at no yield.
func (g *Generator[Y, S, R]) begin(state State, in resumption[S], here loopthread.Place) (v Y, err error) {
	switch {
	case state == Running:
		return v, ErrAlreadyExecuting
	case state == Closed && in.thrown != nil:
		return v, in.thrown
	case state == Closed:
		return v, new(StopIteration[R])
	case in.bySend:
		return v, ErrJustStarted
	}
	if !g.y.state.CompareAndSwap(int32(Created), int32(Running)) {
		return v, ErrAlreadyExecuting
	}
	if in.thrown == nil && g.body == nil {
		in.thrown = ErrNoBody
	}
	if in.thrown != nil {
		g.y.state.Store(int32(Closed))
		return v, in.thrown
	}
	g.made = here
	g.next, _ = iter.Pull(g.run)
	return g.step(in, here)
}

// step hands in to the inner generator, if the body delegates, or to the body.
func (g *Generator[Y, S, R]) step(in resumption[S], here loopthread.Place) (v Y, err error) {
	if g.y.inner != nil {
		var yielded bool
		if v, in, yielded = g.delegated(in, here); yielded {
			g.y.state.Store(int32(Suspended))
			return v, nil
		}
	}
	g.y.incoming = in
	v, yielded := g.next()
	if !yielded {
		return v, g.end()
	}
	g.y.state.Store(int32(Suspended))
	return v, nil
}

// run is the coroutine. A panic and a Goexit travel on through iter.Pull, so the
// state is set by whatever ends the body.
func (g *Generator[Y, S, R]) run(yield func(Y) bool) {
	defer g.y.state.Store(int32(Closed))
	g.y.yield = yield
	g.result, g.err = g.body(&g.y)
}

// end is what the last resumption returns: how the body ended. It lets go of what
// the body refers to.
func (g *Generator[Y, S, R]) end() error {
	result, err := g.result, g.err
	var none R
	g.result, g.err, g.body, g.next = none, nil, nil, nil
	if err == nil {
		return &StopIteration[R]{Value: result}
	}
	if errors.Is(err, ErrStopIteration) {
		return &RaisedStopIterationError{Cause: err}
	}
	return err
}
