// Package registry is the list of models: the one place, beside the commands,
// that knows them all. A new model is one more row here and one in the
// conformance suite of package models.
package registry

import (
	"fmt"
	"slices"
	"strings"

	"concbench/models"
	"concbench/models/coroutine"
	"concbench/models/goroutine"
	"concbench/models/serial"
	"concbench/models/threads"
)

// An Entry is one model.
type Entry struct {
	Name string
	Doc  string // one sentence, with the options
	make func(options string) (models.Model, error)
}

// All are the models, in the order in which lists and reports show them.
var All = []Entry{
	{"coroutine", "a cooperative loop on one thread: asyncio, re-created",
		func(o string) (models.Model, error) { return coroutine.New(o) }},
	{"threads", "one kernel thread per task, under CPython's GIL; gil=off without it, gil=ticks under Python 2's, interval=500us to switch sooner",
		func(o string) (models.Model, error) { return threads.New(o) }},
	{"goroutine", "goroutines, channels and the net package; procs=1 for one processor",
		func(o string) (models.Model, error) { return goroutine.New(o) }},
	{"serial", "one task after another: the baseline",
		func(o string) (models.Model, error) { return serial.New(o) }},
}

// Names lists the models.
func Names() []string {
	var names []string
	for _, e := range All {
		names = append(names, e.Name)
	}
	return names
}

// New makes the model of that name with options such as "gil=off,interval=1ms".
func New(name, options string) (models.Model, error) {
	i := slices.IndexFunc(All, func(e Entry) bool { return e.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("no model %q; there are: %s", name, strings.Join(Names(), ", "))
	}
	return All[i].make(options)
}
