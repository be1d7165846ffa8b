package queue_test

import (
	"errors"
	"fmt"

	"concbench/models/threads/queue"
	"concbench/models/threads/threading"
)

// A worker takes jobs until it is given the one that means the end.
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

func ExampleQueue_GetNowait() {
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
