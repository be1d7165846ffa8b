package futures

import (
	"iter"
	"time"

	"concbench/models/threads/threading"
)

// Map submits f for every argument and gives the results in the order of the arguments. An
// error comes in its place and is the last: the calls that are pending behind it are
// cancelled. They are also cancelled when the caller stops. The error of Map itself is that
// of [Submit].
func Map[A, R any](t *threading.Thread, p *ThreadPoolExecutor, f func(t *threading.Thread, arg A) (R, error), args []A) (iter.Seq2[R, error], error) {
	return mapResults(t, p, f, args, func() time.Duration { return forever })
}

// MapTimeout is Map for at most timeout from now on. Then the error is ErrTimeout.
func MapTimeout[A, R any](t *threading.Thread, p *ThreadPoolExecutor, f func(t *threading.Thread, arg A) (R, error), args []A, timeout time.Duration) (iter.Seq2[R, error], error) {
	return mapResults(t, p, f, args, until(timeout))
}

func mapResults[A, R any](t *threading.Thread, p *ThreadPoolExecutor, f func(*threading.Thread, A) (R, error), args []A, left func() time.Duration) (iter.Seq2[R, error], error) {
	if f == nil {
		return nil, threading.ErrNoFunction
	}
	fs := make([]*Future[R], len(args))
	for i, arg := range args {
		var err error
		fs[i], err = Submit(t, p, func(t *threading.Thread) (R, error) { return f(t, arg) })
		if err != nil {
			return nil, err
		}
	}
	return func(yield func(R, error) bool) {
		defer func() {
			for _, future := range fs {
				future.Cancel(t)
			}
		}()
		for len(fs) > 0 {
			result, err := fs[0].await(t, left())
			if err == nil {
				fs = fs[1:]
			}
			if !yield(result, err) || err != nil {
				return
			}
		}
	}, nil
}
