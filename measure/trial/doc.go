// Package trial is the inside of one trial: a process that is told what to
// run, runs it once under one model, and hands back a record with what was done,
// what had to be done and what it took. The runner is the judge of that.
//
// The process speaks with its runner as package protocol tells. It reads its
// own clock and counters right at the edges of the measured part; whatever can
// be read from outside, such as its memory, the runner reads.
//
// It knows no rounds and writes no file, and it links nothing that draws: what
// a process holds before its workload starts is part of every result.
package trial
