// Command reference holds models/threads against the original: it runs the same
// small programs under CPython's own global interpreter lock and under the
// emulation, on this machine, by turns, and prints both with their ratio.
//
// # What is graded
//
// Each of the scripts beside this text is one program; cells.go says with which
// arguments, and what the emulation has to reach. The emulation's side of each is
// in the Go file of the same name, and takes the same arguments.
//
//   - convoy: how long a wait for I/O takes beside threads that compute.
//   - cpu2: two threads that compute, beside the same work one after the other.
//   - handoff: two threads that pass a turn through locks.
//   - startjoin: making, starting and joining a thread.
//
// # How it is fair
//
// Every sample is a fresh process, whichever side it is of. A round holds each
// cell once on each side, next to each other; which side goes first changes from
// round to round. A ratio is that of two neighbours; the median over the rounds is
// shown with the smallest and the largest.
//
// A thread of the emulation that computes does so in steps of about the length of
// CPython's between two checkpoints (see checkpointWork); the cell cpu2 measures
// both.
//
// # What it will not do
//
// It pins nothing, except in the cell that says so, and does not quieten the
// machine. It says what is reached and what is missed, and fails only if
// something could not be run: a number that is too large today is news about the
// machine as often as about the code.
package main
