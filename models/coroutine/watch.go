package coroutine

import "context"

// A watch cancels a main task for two that stand outside the loop, its context
// and the keyboard, and knows afterwards which of them has asked.
type watch struct {
	task                 *Task
	ctx                  context.Context
	ctxDone, interrupted bool // has asked; the loop's own
	stopContext          func() bool
}

// watchMain is called while the loop does not run.
func watchMain(ctx context.Context, main *Task) *watch {
	w := &watch{task: main, ctx: ctx}
	l := main.loop
	l.interrupt = l.watchInterrupt(func() { w.ask(&w.interrupted) })
	if ctx.Err() != nil {
		w.ask(&w.ctxDone) // before the body begins
		w.stopContext = func() bool { return false }
		return w
	}
	w.stopContext = context.AfterFunc(ctx, func() {
		l.CallSoonThreadsafe(func() { w.ask(&w.ctxDone) }) // a closed loop has nothing to cancel
	})
	return w
}

func (w *watch) ask(who *bool) { *who = w.task.Cancel() }

func (w *watch) leave() {
	w.stopContext()
	w.task.loop.interrupt.leave()
	w.task.loop.interrupt = nil
}

// explain is the error of a main that has been cancelled, with err: that of the
// one who asked, if nobody else did.
func (w *watch) explain(err error) error {
	if w.ctxDone {
		w.task.Uncancel()
	}
	if w.interrupted {
		w.task.Uncancel()
	}
	switch {
	case w.task.Cancelling() > 0:
	case w.interrupted:
		return ErrInterrupted
	case w.ctxDone:
		return context.Cause(w.ctx)
	}
	return err
}
