// Package generator is Python's generators: functions that give values one at a
// time, stand still in between, and take values and errors in while they do.
// It needs no event loop.
//
//	g := generator.New(func(y *generator.Yielder[float64, int]) (string, error) {
//		...
//		got, err := y.Yield(average)
//		...
//	})
//	defer g.Close()
//	first, err := g.Next()
//	next, err := g.Send(10)
//
// # How it works
//
// A body runs on a coroutine of iter.Pull, which is made by the first
// [Generator.Next]. Next, [Generator.Send], [Generator.Throw] and
// [Generator.Close] resume the body and return when it yields or ends;
// [Yielder.Yield] gives a value out and returns what came in: a value, or an
// error that the body may return, handle or ignore, as it may any other.
//
// Python raises where this package returns: the end is an error, a
// [StopIteration] that carries what the body returned. Misuse is an error as
// well, with Python's words as its text. A body that is closed gets
// [ErrGeneratorExit] from its Yield and should return.
//
// [From] is yield from. While a body delegates, what comes in goes straight to
// the innermost generator, without a turn in those around it, so a step costs
// one pair of coroutine switches however deep the delegation is.
//
// # Panics
//
// A panic in a body comes out of the call that resumed it, and so does
// runtime.Goexit: it ends the goroutine that resumed the body, and t.Fatal in a
// body ends the test. Both close the generator. In a delegation they pass
// through the bodies around it, whose deferred calls run.
//
// # What it will not do
//
// It does not collect a suspended generator that is forgotten: its coroutine
// stays with all that it refers to, and its deferred calls never run. Whoever does
// not run a generator to its end calls Close, as for the stop of iter.Pull.
//
// It does not go from one thread lock to another. Go's runtime ends the process
// when a coroutine is resumed under another runtime.LockOSThread than that under
// which it was made. Where a loop of package coroutine has locked its thread this
// is known, on Linux, and refused with a [ThreadError]; a goroutine that locks its
// thread by itself must keep its generators to itself, and a body must leave the
// lock as it found it.
//
// A Yielder is for the body's own goroutine. Several goroutines may share a
// generator: at any moment one runs it and the others get [ErrAlreadyExecuting].
package generator
