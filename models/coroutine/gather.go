package coroutine

// Gather awaits all of what side by side: asyncio's gather. What is no future
// yet becomes a task of in, in the order given; the same awaitable given twice
// runs once and fills both places. Gather itself does not wait.
//
// The future's value is the values in the order of what. The first error, or the
// first cancelled child, is its error at once: the others run on, and later
// errors are dropped. Without arguments it is done and empty; without a scope it
// has failed with [ErrNoLoop].
//
// To cancel the future cancels the children that have not ended, and completes
// nothing by itself: the future fails with [ErrCancelled] when the first child
// ends cancelled, or once all have ended, whatever they made of the request. As
// in asyncio, Cancelled is false even then.
func Gather[T any](in Scope, what ...Awaitable[T]) *Future[[]T] {
	outer := NewFuture[[]T](homeOf(in))
	gather(in, "Gather", &outer.promise, what, true, func(children []FutureOf[T]) {
		outer.value = make([]T, len(children))
		for i, f := range children {
			outer.value[i], _ = f.Result()
		}
	})
	return outer
}

// An Outcome is what an awaitable came to.
type Outcome[T any] struct {
	Value T
	Err   error
}

// GatherOutcomes is [Gather] for those who want every outcome: asyncio's gather
// with return_exceptions. Errors, and [ErrCancelled] of cancelled children, take
// their places in the value. The future has an error only if it is cancelled:
// it fails with ErrCancelled once all children have ended.
func GatherOutcomes[T any](in Scope, what ...Awaitable[T]) *Future[[]Outcome[T]] {
	outer := NewFuture[[]Outcome[T]](homeOf(in))
	gather(in, "GatherOutcomes", &outer.promise, what, false, func(children []FutureOf[T]) {
		outer.value = make([]Outcome[T], len(children))
		for i, f := range children {
			outer.value[i].Value, outer.value[i].Err = f.Result()
		}
	})
	return outer
}

// A gathering sees to the future of a gather.
type gathering struct {
	outer     *promise
	children  []*promise // in the places of the arguments
	running   int        // distinct ones that have not ended
	strict    bool       // the first error is the outcome
	requested error      // with which outer was cancelled, if a child has accepted that
	collect   func()     // the children's outcomes into outer's value
}

func gather[T any](in Scope, op string, outer *promise, what []Awaitable[T], strict bool, collect func([]FutureOf[T])) {
	if isMissing(in) {
		outer.settle(op, misuse(op, ErrNoLoop))
		return
	}
	children := make([]FutureOf[T], len(what))
	g := &gathering{outer: outer, strict: strict, collect: func() { collect(children) }}
	if len(what) == 0 {
		g.collect()
		outer.complete(finished, nil)
		return
	}
	known := make(map[any]FutureOf[T], len(what))
	for i, w := range what {
		f, again := known[identity(w, i)]
		if !again {
			f = EnsureFuture(in, w)
			known[identity(w, i)] = f
			if f.core().loop != outer.loop {
				outer.settle(op, misuse(op, ErrForeignFuture))
				return
			}
			g.running++
			f.AddDoneCallback(func() { g.childDone(f.core()) })
		}
		children[i] = f
		g.children = append(g.children, f.core())
	}
	outer.owner = g
}

func (g *gathering) childDone(child *promise) {
	g.running--
	last := g.children[len(g.children)-1]
	switch {
	case g.outer.state != pending:
		child.retrieved()
	case g.strict && child.err != nil:
		g.fail(child.outcome())
	case g.running > 0:
	case g.requested != nil && last.state == cancelled:
		g.fail(last.err)
	case g.requested != nil:
		g.fail(g.requested)
	default:
		g.collect()
		g.outer.complete(finished, nil)
	}
}

func (g *gathering) fail(err error) {
	g.outer.arm(err)
	g.outer.complete(finished, err)
}

// cancel passes a cancel of outer on to the children. It reports whether one
// of them has accepted it. A child that has two places is asked twice, as in
// asyncio.
func (g *gathering) cancel(err error) bool {
	if g.outer.state != pending {
		return false
	}
	accepted := false
	for _, child := range g.children {
		accepted = child.requestCancel(err) || accepted
	}
	if accepted {
		g.requested = err
	}
	return accepted
}
