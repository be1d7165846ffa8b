package coroutine

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drain takes all there is.
func drain[T any](t *testing.T, q *Queue[T]) (items []T) {
	t.Helper()
	for !q.Empty() {
		v, err := q.GetNowait()
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, v)
	}
	if _, err := q.GetNowait(); err != ErrQueueEmpty {
		t.Errorf("GetNowait = %v, want %v", err, ErrQueueEmpty)
	}
	return items
}

func TestKindsOfQueue(t *testing.T) {
	for name, c := range map[string]struct {
		queue *Queue[int]
		want  []int
	}{
		"zero":     {&Queue[int]{}, []int{5, 1, 3}},
		"first":    {NewQueue[int](3), []int{5, 1, 3}},
		"last":     {NewLifoQueue[int](3), []int{3, 1, 5}},
		"priority": {NewPriorityQueue[int](-1), []int{1, 3, 5}},
	} {
		for range 2 { // the second time in what the first has left
			for _, v := range []int{5, 1, 3} {
				if err := c.queue.PutNowait(v); err != nil {
					t.Fatal(err)
				}
			}
			if got := drain(t, c.queue); !slices.Equal(got, c.want) {
				t.Errorf("%s: got %v, want %v", name, got, c.want)
			}
		}
	}
}

func TestQueueBounds(t *testing.T) {
	for maxsize, bound := range map[int]int{-1: 0, 0: 0, 2: 2} {
		q := NewQueue[int](maxsize)
		for n := range 2 {
			if err := q.PutNowait(n); q.Full() != (n+1 == bound) || err != nil {
				t.Errorf("maxsize %d: Full = %v after %d items and %v", maxsize, q.Full(), n+1, err)
			}
		}
		if err := q.PutNowait(9); q.Maxsize() != bound || (err == ErrQueueFull) != (bound > 0) {
			t.Errorf("maxsize %d: Maxsize = %d, PutNowait = %v", maxsize, q.Maxsize(), err)
		}
	}
}

// Whatever is put and got in whatever order, what comes is the smallest.
func TestPriorityQueueGivesTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := NewPriorityQueue[int](0)
		var want []int
		for _, v := range rapid.SliceOf(rapid.IntRange(-1, 9)).Draw(t, "steps") {
			if v >= 0 {
				q.PutNowait(v)
				want = append(want, v)
				continue
			}
			slices.Sort(want)
			got, err := q.GetNowait()
			if len(want) == 0 != (err == ErrQueueEmpty) || len(want) > 0 && got != want[0] {
				t.Fatalf("got %d, %v of %v", got, err, want)
			}
			want = want[min(1, len(want)):]
		}
	})
}

// Items that compare as equal come out in the order that heapq gives them; this
// one is recorded from CPython 3.11.7, with the values n of n for n in range(12)
// and keys n % 3.
func TestPriorityQueueOrdersEqualsAsPython(t *testing.T) {
	q, err := NewPriorityQueueFunc(0, func(a, b int) int { return a%3 - b%3 })
	if err != nil {
		t.Fatal(err)
	}
	for n := range 12 {
		q.PutNowait(n)
	}
	want := []int{0, 6, 3, 9, 4, 10, 1, 7, 2, 5, 8, 11}
	if got := drain(t, q); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// What a woken task has a claim to cannot be taken without waiting.
func TestNowaitLeavesWhatIsPromised(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		q := NewQueue[int](1)
		getter := task.Start("getter", func(task *Task) error {
			v, err := q.Get(task)
			tr.add("getter: %d", v)
			return err
		})
		task.Yield()
		if err := q.PutNowait(1); err != nil {
			return err
		}
		_, err := q.GetNowait()
		tr.add("GetNowait: %v with %d", err == ErrQueueEmpty, q.Len())
		putter := task.Start("putter", func(task *Task) error { return q.Put(task, 2) })
		rounds(task, 2)
		if _, err := q.GetNowait(); err != nil {
			return err
		}
		late := task.Start("late", func(task *Task) error { return q.Put(task, 3) })
		q.PutNowait(4)
		task.Yield()
		v, _ := q.GetNowait()
		tr.add("PutNowait: %v after %d", q.PutNowait(5) == ErrQueueFull, v)
		late.Join(task)
		return errors.Join(getter.Join(task), putter.Join(task))
	})
	tr.expect(t, "GetNowait: true with 1", "getter: 1", "PutNowait: true after 4")
}

func TestQueueJoin(t *testing.T) {
	var tr trace
	run(t, func(task *Task) error {
		var q Queue[string]
		if err := q.Join(task); err != nil {
			return err
		}
		q.PutNowait("done before")
		if _, err := q.GetNowait(); errors.Join(err, q.TaskDone()) != nil {
			return err
		}
		q.PutNowait("a")
		q.PutNowait("b")
		joiner := task.Start("joiner", func(task *Task) error {
			err := q.Join(task)
			tr.add("joined: %v", err)
			return err
		})
		for range 2 {
			task.Yield()
			v, err := q.GetNowait()
			if err != nil {
				return err
			}
			task.Yield()
			tr.add("%s is done: %v", v, q.TaskDone())
		}
		if err := joiner.Join(task); err != nil {
			return err
		}
		if err := q.TaskDone(); !errors.Is(err, ErrTasksDone) {
			t.Errorf("TaskDone = %v, want %v", err, ErrTasksDone)
		}
		return nil
	})
	tr.expect(t, "a is done: <nil>", "b is done: <nil>", "joined: <nil>")
}

// A queue in steady use allocates nothing, whatever its kind.
func TestQueueDoesNotAllocate(t *testing.T) {
	run(t, func(task *Task) error {
		for name, q := range map[string]*Queue[int]{
			"first": NewQueue[int](2), "last": NewLifoQueue[int](2), "priority": NewPriorityQueue[int](2),
		} {
			echo := task.Start("echo", func(task *Task) error {
				for {
					if _, err := q.Get(task); err != nil {
						return nil
					}
				}
			})
			if n := testing.AllocsPerRun(100, func() {
				for i := range 5 {
					q.Put(task, i)
				}
			}); n != 0 {
				t.Errorf("%s: five puts and gets allocate %v times", name, n)
			}
			echo.Cancel()
		}
		return nil
	})
}
