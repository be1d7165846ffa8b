package measure

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"syscall"

	"concbench/results"
)

// maxAttempts is how often a trial is tried that a signal from outside ends each
// time: a cell that the kernel ends whenever it runs must not do so for ever.
const maxAttempts = 3

// ownSignals are those that a program's own faults raise, and the limits that it
// was started under. All others are sent by somebody, or by the kernel when memory
// has run out.
var ownSignals = []syscall.Signal{
	syscall.SIGABRT, syscall.SIGBUS, syscall.SIGFPE, syscall.SIGILL, syscall.SIGPIPE, syscall.SIGSEGV,
	syscall.SIGSYS, syscall.SIGTRAP, syscall.SIGXCPU, syscall.SIGXFSZ,
}

// fromOutside tells whether a signal that the program did not bring upon itself
// has ended it. A Go program that is sent SIGQUIT says so and exits.
func fromOutside(ended error, stderr string) bool {
	exit, ok := errors.AsType[*exec.ExitError](ended)
	if !ok {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	if ok && status.Signaled() {
		return !slices.Contains(ownSignals, status.Signal())
	}
	return strings.HasPrefix(stderr, "SIGQUIT: ")
}

// terminated is the record of a trial that a signal from outside has ended, after
// so many attempts before this one.
func terminated(ended error, before int) results.Record {
	next := fmt.Sprintf("bench run -resume tries it again, this was attempt %d of %d", before+1, maxAttempts)
	if before+1 >= maxAttempts {
		next = fmt.Sprintf("it was tried %d times and is not tried again", before+1)
	}
	return results.Record{Status: results.Terminated,
		Error: fmt.Sprintf("ended from outside (%v), by the kernel because memory ran out or by somebody: %s", ended, next)}
}
