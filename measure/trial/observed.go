package trial

import (
	"runtime"

	"concbench/models"
)

// An observed model notes how many processors the Go scheduler had when main
// ended: a model that changes that number puts it back when Run returns.
type observed struct {
	models.Model
	maxProcs int
}

func (o *observed) Run(main func(models.Task) error) error {
	return o.Model.Run(func(t models.Task) error {
		err := main(t)
		o.maxProcs = runtime.GOMAXPROCS(0)
		return err
	})
}
