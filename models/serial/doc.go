// Package serial is the baseline: the contract of package models with no
// concurrency at all. To start a task is to run its body to the end before
// going on; the handle that comes back is on something that has already happened.
// A body has a goroutine of its own only so that it can end by runtime.Goexit
// without its starter.
//
// A wait that only another task could end (a lock that is held, an empty
// queue, an event that is not set) can never end here, and returns
// models.ErrDeadlock instead. Sleeping and the network wait as everywhere.
//
// It has no options, and nothing in it is made to be fast or slow: it is what
// the workload costs when nobody else runs.
package serial
