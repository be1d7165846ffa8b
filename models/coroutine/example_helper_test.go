package coroutine_test

import (
	"context"
	"fmt"

	"concbench/models/coroutine"
)

// run is what the examples begin with: asyncio.run(main()).
func run(main func(t *coroutine.Task) error) {
	_, err := coroutine.Run(context.Background(), func(t *coroutine.Task) (coroutine.None, error) {
		return coroutine.None{}, main(t)
	})
	if err != nil {
		fmt.Println("error:", err)
	}
}

// newLoop is asyncio.new_event_loop().
func newLoop(options ...coroutine.Option) *coroutine.Loop {
	l, err := coroutine.NewLoop(options...)
	if err != nil {
		panic(err) // no descriptors are left
	}
	return l
}
