package futures

import (
	"fmt"
	"iter"
	"time"

	"concbench/models/threads/threading"
)

// AsCompleted gives the futures as they are done: first the futures that are done already,
// then the others in the order of their completion. A future that is given twice counts
// once. A future that is nil is ErrNoFuture, and the end.
func AsCompleted[F Waitable](t *threading.Thread, fs []F) iter.Seq2[F, error] {
	return asCompleted(t, fs, func() time.Duration { return forever })
}

// AsCompletedTimeout is AsCompleted for at most timeout from now on. Then a [TimeoutError]
// ends it and says how many futures are not done.
func AsCompletedTimeout[F Waitable](t *threading.Thread, fs []F, timeout time.Duration) iter.Seq2[F, error] {
	return asCompleted(t, fs, until(timeout))
}

// until counts timeout down, to 0.
func until(timeout time.Duration) (left func() time.Duration) {
	deadline := time.Now().Add(timeout)
	return func() time.Duration { return max(time.Until(deadline), 0) }
}

func asCompleted[F Waitable](t *threading.Thread, fs []F, left func() time.Duration) iter.Seq2[F, error] {
	var none F
	if err := present(fs); err != nil {
		return func(yield func(F, error) bool) { yield(none, err) }
	}
	fs = unique(fs)
	return func(yield func(F, error) bool) {
		finished, w, err := install(t, fs, FirstCompleted, allFinished)
		if err != nil {
			yield(none, err)
			return
		}
		if w != nil {
			defer uninstall(t, fs, w)
		}
		pending := map[*core]F{}
		for _, f := range fs {
			if !finished[f.base()] {
				pending[f.base()] = f
			} else if !yield(f, nil) {
				return
			}
		}
		for len(pending) > 0 {
			news, err := w.awaitNews(t, left(), len(pending), len(fs))
			if err != nil {
				yield(none, err)
				return
			}
			for _, c := range news {
				f := pending[c]
				delete(pending, c)
				if !yield(f, nil) {
					return
				}
			}
		}
	}
}

func allFinished(finished map[*core]bool, all int, _ ReturnWhen) bool { return len(finished) == all }

// awaitNews waits for futures that were done after its last call.
func (w *waiter) awaitNews(t *threading.Thread, timeout time.Duration, pending, all int) ([]*core, error) {
	told, err := w.await(t, timeout)
	if err != nil {
		return nil, err
	}
	if !told {
		return nil, TimeoutError(fmt.Sprintf("%d (of %d) futures unfinished", pending, all))
	}
	return w.takeNews(t)
}
