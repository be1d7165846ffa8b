package coroutine

import (
	"errors"
	"slices"

	"concbench/models"
)

type promiseState uint8

const (
	pending promiseState = iota
	finished
	cancelled
)

// A promise is what futures and tasks have in common: an outcome that comes
// once, and who waits for it. The value is kept by the type around it.
type promise struct {
	loop  *Loop
	owner canceller // sees to cancellation in the promise's place; nil for a plain future
	err   error
	alarm *alarm // rings if err is never retrieved; nil if there is none

	// Nearly every promise has one waiter, which then costs no slice.
	first *Handle
	more  *[]*Handle
	state promiseState
}

// A canceller passes cancellation on, as a task does to what it awaits.
type canceller interface{ cancel(err error) bool }

// An AnyFuture is a [*Future], a [*TaskOf] or a [*Task], whatever its type of
// result.
type AnyFuture interface {
	Done() bool
	Cancelled() bool
	Cancel() bool
	CancelWith(message string) bool
	Err() error
	AddDoneCallback(fn func()) *Handle
	RemoveDoneCallback(h *Handle) bool
	core() *promise
}

func (p *promise) core() *promise { return p }

// Loop is the loop that calls those who wait.
func (p *promise) Loop() *Loop { return p.loop }

// Done reports whether there is an outcome.
func (p *promise) Done() bool { return p.state != pending }

// Cancelled reports whether the outcome is cancellation.
func (p *promise) Cancelled() bool { return p.state == cancelled }

// Cancel asks for the end. It reports false, and does nothing, if there is an
// outcome already. A plain future ends at once, with [ErrCancelled], which all
// who wait for it get. A task does so at its next suspension, and may refuse:
// what it waits for is cancelled, or else, if it does not wait or that has come
// to an end already, its next suspension returns ErrCancelled. A task that has
// not begun never does.
func (p *promise) Cancel() bool { return p.requestCancel(ErrCancelled) }

// CancelWith is Cancel with a message, which arrives in a [*CancelledError].
func (p *promise) CancelWith(message string) bool {
	return p.requestCancel(&CancelledError{message})
}

func (p *promise) requestCancel(err error) bool {
	if p.owner != nil {
		return p.owner.cancel(err)
	}
	if p.state != pending {
		p.retrieved()
		return false
	}
	if p.loop == nil {
		return false // of a future that nobody has made
	}
	p.complete(cancelled, err)
	return true
}

// Err is asyncio's exception(): nil if the outcome is a value, the error
// otherwise, and [ErrInvalidState] as long as there is none.
func (p *promise) Err() error {
	if p.state == pending {
		return misuse("Err", ErrInvalidState)
	}
	return p.outcome()
}

// outcome is the error, which counts as retrieved from now on.
func (p *promise) outcome() error {
	p.retrieved()
	return p.err
}

// settle is complete for those who may be late or unentitled.
func (p *promise) settle(op string, err error) error {
	if p.loop == nil {
		return misuse(op, ErrNoLoop)
	}
	if err := p.loop.checkThread(op); err != nil {
		return err
	}
	if p.state != pending || p.owner != nil {
		return misuse(op, ErrInvalidState)
	}
	if err != nil {
		p.arm(err)
	}
	p.complete(finished, err)
	return nil
}

// refused is the outcome of what never began. It may come from a thread that has
// no business here, which must not touch the loop's alarms.
func (p *promise) refused(err error) {
	if !errors.Is(err, ErrNotThreadSafe) {
		p.arm(err)
	}
	p.complete(finished, err)
}

// complete sets the outcome and queues whoever waits for it.
func (p *promise) complete(s promiseState, err error) {
	p.state, p.err = s, err
	if p.first == nil {
		return
	}
	p.loop.ready.Push(p.first)
	p.first = nil
	if p.more != nil {
		for _, h := range *p.more {
			p.loop.ready.Push(h)
		}
		p.more = nil
	}
}

// AddDoneCallback has the loop call fn once there is an outcome, or in the next
// round if there is one already; never at once. Cancelling the handle takes it
// back at any time. If fn is nil, the exception handler gets [ErrNoFunction] when
// it would be called.
func (p *promise) AddDoneCallback(fn func()) *Handle {
	if fn == nil {
		fn = p.reportNoFunction
	}
	h := &Handle{call: fn}
	p.addWaiter(h)
	return h
}

func (p *promise) reportNoFunction() {
	p.loop.CallExceptionHandler(ErrorReport{Message: "Exception in callback", Err: misuse("AddDoneCallback", ErrNoFunction)})
}

// RemoveDoneCallback takes a callback back. It reports false if that is too
// late, since with the outcome all callbacks are in the loop's queue.
func (p *promise) RemoveDoneCallback(h *Handle) bool { return p.removeWaiter(h) }

func (p *promise) addWaiter(h *Handle) {
	switch {
	case p.state != pending:
		p.loop.ready.Push(h)
	case p.first == nil:
		p.first = h
	case p.more == nil:
		p.more = &[]*Handle{h}
	default:
		*p.more = append(*p.more, h)
	}
}

// removeWaiter reports whether h was waiting.
func (p *promise) removeWaiter(h *Handle) bool {
	if h == nil || p.first == nil {
		return false
	}
	if p.first == h {
		p.first = nil
		if p.more != nil {
			p.first = (*p.more)[0]
			p.dropMore(0)
		}
		return true
	}
	if p.more != nil {
		for i, w := range *p.more {
			if w == h {
				p.dropMore(i)
				return true
			}
		}
	}
	return false
}

// dropMore keeps more nil when it is empty.
func (p *promise) dropMore(i int) {
	if len(*p.more) == 1 {
		p.more = nil
		return
	}
	*p.more = append((*p.more)[:i], (*p.more)[i+1:]...)
}

// isCancellation tells how asyncio sorts an error: CancelledError ends a task
// as cancelled, any other as failed. Of errors that are joined, all must be
// cancellations: one that is not would be lost otherwise.
func isCancellation(err error) bool {
	switch e := err.(type) {
	case nil:
		return false
	case *CancelledError:
		return true
	case *models.PanicError:
		return false // whatever the panic's value
	case interface{ Unwrap() []error }:
		joined := e.Unwrap()
		return len(joined) > 0 && !slices.ContainsFunc(joined, func(err error) bool { return !isCancellation(err) })
	case interface{ Unwrap() error }:
		return isCancellation(e.Unwrap())
	}
	return err == ErrCancelled
}
