package queue_test

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"concbench/models/threads/queue"
	"concbench/models/threads/threading"
)

// A worker takes jobs until it gets the one that means the end.
func Example() {
	in, err := threading.NewInterpreter("")
	if err != nil {
		fmt.Println(err)
		return
	}
	err = in.Run(func(t *threading.Thread) error {
		jobs := queue.NewQueue[string](2)
		worker := t.NewThread(func(t *threading.Thread) error {
			for {
				job, err := jobs.Get(t)
				if err != nil || job == "" {
					return err
				}
				fmt.Println("does", job)
				if err := jobs.TaskDone(t); err != nil {
					return err
				}
			}
		})
		if err := worker.Start(t); err != nil {
			return err
		}
		for _, job := range []string{"this", "that", "the rest"} {
			if err := jobs.Put(t, job); err != nil {
				return err
			}
		}
		err := jobs.Join(t)
		fmt.Println("all is done")
		return errors.Join(err, jobs.Put(t, ""), worker.Join(t))
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// does this
	// does that
	// does the rest
	// all is done
}

func ExampleQueue() {
	jobs := queue.NewQueue[string](1)
	fmt.Println(jobs.PutNowait(nil, "first"), jobs.PutNowait(nil, "second"))
	n, _ := jobs.Len(nil)
	empty, _ := jobs.Empty(nil)
	full, _ := jobs.Full(nil)
	fmt.Println("there are", n, "of", jobs.Maxsize(), "empty:", empty, "full:", full)
	fmt.Println(jobs.Get(nil))
	_, err := jobs.GetTimeout(nil, time.Millisecond)
	fmt.Println(err)
	fmt.Println(jobs.TaskDone(nil), jobs.TaskDone(nil))
	// Output:
	// <nil> queue: full
	// there are 1 of 1 empty: false full: true
	// first <nil>
	// queue: empty
	// <nil> task_done() called too many times
}

func ExampleNewPriorityQueue() {
	jobs := queue.NewPriorityQueue[int](0)
	for _, rank := range []int{5, 1, 3} {
		if err := jobs.Put(nil, rank); err != nil {
			fmt.Println(err)
		}
	}
	for {
		rank, err := jobs.GetNowait(nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(rank)
	}
	// Output:
	// 1
	// 3
	// 5
	// queue: empty
}

// Items that are structs are compared by a function.
func ExampleNewPriorityQueueFunc() {
	type job struct {
		rank int
		name string
	}
	jobs, err := queue.NewPriorityQueueFunc(0, func(a, b job) int { return cmp.Compare(a.rank, b.rank) })
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, j := range []job{{2, "sleep"}, {1, "eat"}} {
		if err := jobs.Put(nil, j); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(jobs.Get(nil))
	// Output: {1 eat} <nil>
}

func ExampleNewLifoQueue() {
	plates := queue.NewLifoQueue[string](0)
	for _, plate := range []string{"bottom", "top"} {
		if err := plates.Put(nil, plate); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(plates.Get(nil))
	// Output: top <nil>
}

// Put of a SimpleQueue never waits.
func ExampleSimpleQueue() {
	var letters queue.SimpleQueue[string]
	letters.Put(nil, "a letter")
	fmt.Println(letters.Len(), letters.Empty())
	fmt.Println(letters.Get(nil))
	_, err := letters.GetNowait(nil)
	fmt.Println(err, errors.Is(err, queue.ErrEmpty))
	// Output:
	// 1 false
	// a letter <nil>
	// queue: empty true
}
