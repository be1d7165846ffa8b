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

// An entry makes one model.
type entry struct {
	name string
	make func(options string) (models.Model, error)
}

// entries stand in the order in which lists and reports show the models.
var entries = []entry{
	{"coroutine", func(o string) (models.Model, error) { return coroutine.New(o) }},
	{"threads", func(o string) (models.Model, error) { return threads.New(o) }},
	{"goroutine", func(o string) (models.Model, error) { return goroutine.New(o) }},
	{"serial", func(o string) (models.Model, error) { return serial.New(o) }},
}

// Names lists the models.
func Names() []string {
	var names []string
	for _, e := range entries {
		names = append(names, e.name)
	}
	return names
}

// New makes the model of that name with options such as "gil=off,interval=1ms".
func New(name, options string) (models.Model, error) {
	i := slices.IndexFunc(entries, func(e entry) bool { return e.name == name })
	if i < 0 {
		return nil, fmt.Errorf("no model %q; there are: %s", name, strings.Join(Names(), ", "))
	}
	return entries[i].make(options)
}
