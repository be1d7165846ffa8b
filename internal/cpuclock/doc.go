// Package cpuclock reads the CPU time of a process, one's own or another, while
// it runs. The kernel has a clock of it that everyone may read; its number is made
// from that of the process as in clock_getcpuclockid(3).
//
// It is a package of its own because the worker reads it right beside its measured
// part, and links nothing that costs a trial memory.
package cpuclock
