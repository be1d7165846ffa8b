// Package workloads holds what is measured: one file a workload, each written
// once against package models.
//
// A workload declares its parameters and metrics, derives from its parameters
// the ledger of what must be done, does it under whatever model it is given,
// and writes down what it really did. The two ledgers are compared before any
// of its numbers is shown.
//
// It starts no process, and knows nothing of rounds, files or pictures.
package workloads
