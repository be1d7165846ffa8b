package coroutine

import "testing"

// BenchmarkHandoff is two tasks that take turns: each completes the future that
// the other awaits, and awaits the next. An op is one way.
func BenchmarkHandoff(b *testing.B) {
	b.Run("future=reused", func(b *testing.B) {
		inLoop(b, func(t *Task) {
			there, back := NewFuture[int](t.Loop()), NewFuture[int](t.Loop())
			benchmarkHandoff(b, t, &there, &back, func(f **Future[int]) { (*f).Reset() })
		})
	})
	b.Run("future=new", func(b *testing.B) {
		inLoop(b, func(t *Task) {
			there, back := NewFuture[int](t.Loop()), NewFuture[int](t.Loop())
			benchmarkHandoff(b, t, &there, &back, func(f **Future[int]) { *f = NewFuture[int](t.Loop()) })
		})
	})
}

func benchmarkHandoff(b *testing.B, t *Task, there, back **Future[int], renew func(**Future[int])) {
	partner := t.Start("partner", func(t *Task) error {
		for {
			if _, err := (*there).Await(t); err != nil {
				return nil
			}
			renew(there)
			(*back).SetResult(1)
		}
	})
	defer partner.Cancel()
	nanoseconds := comparePull(b, func() {
		for range chunkSteps / 2 {
			(*there).SetResult(1)
			(*back).Await(t)
			renew(back)
		}
	})
	compareAsyncio(b, "handoff", nanoseconds)
}

// BenchmarkLockHandoff is a lock that two tasks want all the time. An op is one
// release and the acquisition by the other.
func BenchmarkLockHandoff(b *testing.B) {
	inLoop(b, func(t *Task) {
		lock := NewLock()
		lock.Acquire(t)
		partner := t.Start("partner", func(t *Task) error {
			for lock.Acquire(t) == nil {
				lock.Release()
			}
			return nil
		})
		defer partner.Cancel()
		t.Yield() // partner is in line now
		nanoseconds := comparePull(b, func() {
			for range chunkSteps / 2 {
				lock.Release()
				lock.Acquire(t)
			}
		})
		compareAsyncio(b, "lock", nanoseconds)
	})
}

// BenchmarkQueueRoundTrip is a value that goes to another task and back through
// two queues that hold one. An op is both ways.
func BenchmarkQueueRoundTrip(b *testing.B) {
	inLoop(b, func(t *Task) {
		there, back := NewQueue[int](1), NewQueue[int](1)
		partner := t.Start("partner", func(t *Task) error {
			for {
				v, err := there.Get(t)
				if err != nil {
					return nil
				}
				back.Put(t, v)
			}
		})
		defer partner.Cancel()
		nanoseconds := comparePull(b, func() {
			for range chunkSteps {
				there.Put(t, 1)
				back.Get(t)
			}
		})
		compareAsyncio(b, "queue", nanoseconds)
	})
}
