package measure

import (
	"context"

	"concbench/results"
)

// A pageServer is the process that serves pages to trials, once one needs them.
type pageServer struct {
	worker string
}

func (s *pageServer) stop() error { return nil }

func (r *Runner) pagesFor(ctx context.Context, planned results.Planned) (string, error) {
	return "", nil
}
