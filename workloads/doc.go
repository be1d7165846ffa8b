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
//	Spinner    the slow function, and the 42 that it gives only for all of its work
//	Factorial  the digits of each factorial, computed again by another route
//	Switch     turns of each task and, with a token, whether each was in turn
//	Memory     tasks that ran, each by its number, and ended
//	Latency    wake-ups, none before its time
//
// What came in which order, how late and how often is measured instead: a busy
// machine can delay anything, and a delay is no wrong answer. A sleep that ends
// early is one.
//
// # Scale
//
// [Trial.Scale] multiplies the durations that stand for a wait of real life (a
// sleep, a page's delay, the slow function). It leaves alone what a model is
// held against: the period of Latency, the frame of Spinner, the items of a
// computation.
//
// # What it will not do
//
// It starts no process, and knows nothing of rounds, files or pictures.
package workloads
