package generator

import (
	"errors"
	"iter"
	"runtime"

	"concbench/models/coroutine/internal/loopthread"
)

// A delegate is a generator to which a body delegates; what that one's end is
// worth only From knows.
type delegate[Y, S any] interface {
	resume(in resumption[S], here loopthread.Place) (Y, error)
}

// From is yield from: until inner ends, its values are those of the body, and what
// is sent to or thrown into the body's generator goes to inner instead. A close
// closes inner first. From returns what inner returned, its value or its error;
// the error thrown, if that was [ErrGeneratorExit]; or the zero value if inner had
// ended before.
func From[Y, S, R any](y *Yielder[Y, S], inner *Generator[Y, S, R]) (R, error) {
	var none R
	if !y.running() {
		return none, ErrYieldOutside
	}
	v, err := inner.Next()
	if err == nil {
		err = y.delegate(inner, v)
	}
	if stop, ok := errors.AsType[*StopIteration[R]](err); ok {
		return stop.Value, nil
	}
	return none, err
}

// FromSeq is yield from for a plain sequence. It returns nil at the end of seq, an
// error as soon as one is thrown, and [ErrNoSend] as soon as a value is sent.
func FromSeq[Y, S any](y *Yielder[Y, S], seq iter.Seq[Y]) error {
	for v := range seq {
		in, err := y.wait(v)
		switch {
		case err != nil:
			return err
		case in.thrown != nil:
			return in.thrown
		case in.bySend:
			return ErrNoSend
		}
	}
	return nil
}

// delegate yields first and waits while inner gets what comes in. It returns what
// inner ended with.
func (y *Yielder[Y, S]) delegate(inner delegate[Y, S], first Y) error {
	y.inner = inner
	y.yield(first)
	if u, ok := y.incoming.thrown.(*unwinding); ok {
		u.goOn()
	}
	return y.incoming.thrown
}

// delegated hands in to the inner generator. If that ends by it, it has not
// yielded, and back is what the body goes on with.
func (g *Generator[Y, S, R]) delegated(in resumption[S], here loopthread.Place) (v Y, back resumption[S], yielded bool) {
	returned := false
	defer func() {
		if returned {
			return
		}
		u := &unwinding{panicked: recover()}
		g.y.inner = nil
		back.thrown = u
		if u.panicked == nil { // Goexit: nothing after this call will run
			g.y.incoming = back
			g.next()
			g.y.state.Store(int32(Suspended)) // a deferred call of the body has yielded
		}
	}()
	v, err := pass(g.y.inner, in, here)
	returned = true
	if err != nil {
		g.y.inner = nil
	}
	return v, resumption[S]{thrown: err}, err == nil
}

// pass resumes inner. A close is a close of inner first, and then the body's.
func pass[Y, S any](inner delegate[Y, S], in resumption[S], here loopthread.Place) (Y, error) {
	v, err := inner.resume(in, here)
	if !isExit(in.thrown) {
		return v, err
	}
	if err = exited(err); err == nil {
		err = in.thrown
	}
	return v, err
}

// An unwinding carries the panic or the Goexit of an inner generator, which ran on
// the stack of whoever resumed the outermost, to the body that delegates to it.
type unwinding struct {
	panicked any // nil if it is a Goexit
}

func (u *unwinding) Error() string { return "the inner generator unwinds" }

func (u *unwinding) goOn() {
	if u.panicked == nil {
		runtime.Goexit()
	}
	panic(u.panicked)
}
