package main

import (
	"fmt"
	"strings"

	"concbench/models"
	"concbench/models/registry"
)

// otherNames are what people call the models elsewhere.
var otherNames = map[string]string{
	"asyncio": "coroutine", "async": "coroutine", "coroutines": "coroutine", "loop": "coroutine",
	"threading": "threads", "thread": "threads", "gil": "threads",
	"go": "goroutine", "goroutines": "goroutine",
	"sequential": "serial", "sync": "serial",
}

// newModel is a model that the user named.
func newModel(name, options string) (models.Model, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	return registry.New(name, options)
}

// checkName knows a model by the name that it has elsewhere.
func checkName(name string) error {
	if ours, ok := otherNames[strings.ToLower(name)]; ok {
		return fmt.Errorf("no model %q; here it is called %s: -model %s", name, ours, ours)
	}
	return nil
}

// traits tells what the plan must know of a model.
func traits(name, options string) (models.Traits, error) {
	model, err := registry.New(name, options)
	if err != nil {
		return models.Traits{}, err
	}
	return model.Traits(), nil
}
