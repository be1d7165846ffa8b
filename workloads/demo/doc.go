// Package demo shows in a terminal the examples that readers of articles about
// asyncio know: two sleepers, seven pages, a bar that turns beside a slow
// function. Each is written once against package models and plays under
// whatever model it is given, in real time.
//
// A demo first says under which model it plays and what that model has in
// place of the example's own words: a flag for a cancellation, a released lock
// for an executor. Each line carries the seconds since the beginning, so that
// what overlaps can be seen. Where two lines belong to the same instant, their
// order is the model's: arrival order under coroutine, the scheduler's choice
// elsewhere.
//
// It measures nothing; the workloads do.
package demo
