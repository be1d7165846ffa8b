// Package concbench carries the source text that decides what a trial does, so
// that a binary knows which tree it was built from, with or without a version
// control stamp. Package internal/buildinfo makes the digest of it.
//
// It imports nothing of this module and costs a process nothing until somebody
// reads it: the text lies in the file of the program, not in its memory.
package concbench

import "embed"

// Source holds the module files and the packages that bench-trial links, with
// their tests. A test of internal/buildinfo compares it with the linker's list.
//
//go:embed go.mod go.sum source.go cmd/bench-trial/*.go internal/*/*.go measure/*.go measure/*/*.go
//go:embed models/*.go models/*/*.go models/*/*/*.go models/*/*/*/*.go results/*.go workloads/*.go
var Source embed.FS
