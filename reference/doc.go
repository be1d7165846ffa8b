// Command reference grades models/threads against the original. It runs the same small
// programs under CPython's own global interpreter lock and under the emulation, on this
// machine, by turns, and prints both with their ratio.
//
// # What is graded
//
// Each script beside this text is one program. cells.go gives its arguments, and the goal
// of the emulation. The emulation's side is in the Go file of the same name, and takes the
// same arguments.
//
//   - convoy: how long a wait for I/O takes beside threads that compute.
//   - cpu2: two threads that compute at once, and the same work one after the other.
//   - handoff: two threads that pass a turn through locks.
//   - startjoin: making, starting and joining a thread.
//
// # How it is fair
//
// Every sample is a fresh process, on either side. A round runs each cell once on each
// side, one right after the other; the side that goes first changes from round to round. A
// ratio is that of two neighbours. The median over the rounds is shown with the smallest
// and the largest.
//
// Between two checkpoints, a thread of the emulation computes for about as long as one of
// CPython (see checkpointWork). The cell cpu2 measures both.
//
// # What it will not do
//
// It pins nothing, except in the cell that says so, and does not quieten the
// machine. It says what is reached, what is missed and what its rounds cannot
// decide, and fails only if something could not be run: a number that is too large
// today is news about the machine as often as about the code.
package main
