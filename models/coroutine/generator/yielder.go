package generator

import "sync/atomic"

// A Yielder is a body's side of its generator: it gives values of type Y and
// takes values of type S. It is for the body's own goroutine.
type Yielder[Y, S any] struct {
	state    atomic.Int32
	yield    func(Y) bool
	incoming resumption[S]
	inner    delegate[Y, S] // gets what comes in, while the body waits in From
}

// A resumption is what a body is resumed with: a value, an error, or nothing.
type resumption[S any] struct {
	sent   S
	bySend bool
	thrown error
}

// Yield gives v to whoever resumed the generator, and waits. It returns the value
// sent, the zero value after a Next, or the error thrown: [ErrGeneratorExit] if
// the generator is being closed. While the body does not run, it returns
// [ErrYieldOutside] at once.
func (y *Yielder[Y, S]) Yield(v Y) (S, error) {
	in, err := y.wait(v)
	if err != nil {
		return in.sent, err
	}
	return in.sent, in.thrown
}

func (y *Yielder[Y, S]) wait(v Y) (in resumption[S], err error) {
	if !y.running() {
		return in, ErrYieldOutside
	}
	y.yield(v)
	return y.incoming, nil
}

// running tells whether the body runs. While it delegates, the state is Running
// when inner runs.
func (y *Yielder[Y, S]) running() bool {
	return State(y.state.Load()) == Running && y.inner == nil
}
