// Package workloads holds what is measured: one file a workload, each written
// once against package models.
//
// A workload declares its parameters and metrics, derives from its parameters
// the ledger of what must be done, does it under whatever model it is given,
// and writes down what it really did. The two ledgers are compared before any
// of its numbers is shown.
//
// # What a ledger holds
//
// A ledger is the same under every model, so it holds what was done and never
// when:
//
//	Sleep      sleepers that woke, not before their time
//	Download   pages, their bytes, and the SHA-256 of each, derived from the seed
//	Spinner    the slow function, its items and their last state, and the answer 42
//	Factorial  steps, and the digits of each factorial, computed again by another route
//	Switch     turns of each task
//	Memory     tasks that ran, each by its number, and ended
//	Latency    wake-ups, none before its time
//
// Beside these counts it has faults, in words: work outside the time that the
// number is taken of, on other threads than the model's traits promise, or beside
// what it must not be beside. There must be none.
//
// What came in which order, how late and how often is measured instead: a busy
// machine can delay anything, and a delay is no wrong answer. A sleep that ends
// early is one.
//
// # Scale
//
// [Trial.Scale] multiplies the durations that stand for a wait of real life (a
// sleep, a page's delay, the slow function). It leaves alone what a model is
// held against: the period of Latency, the frame of Spinner, the number of a
// factorial. [Trial.Pace] turns a time of computing into items, the same number
// in each trial of a run.
//
// # What it will not do
//
// It starts no process, and knows nothing of rounds, files or pictures.
package workloads
