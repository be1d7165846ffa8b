package subprocess

import (
	"os"
	"syscall"
)

// Options are how a program is started. The zero value has it share the
// standard streams, directory and environment of this one.
type Options struct {
	Stdin, Stdout, Stderr Redirection

	Dir string   // its working directory; empty: that of this process
	Env []string // its environment, as "name=value"; nil: that of this process

	// Limit is that of Stdout and Stderr in bytes: how far a separator may be away.
	// Reading ahead stops when there are more than twice as many. Zero is
	// [concbench/models/coroutine/streams.DefaultLimit].
	Limit int

	// SysProcAttr is what the system offers beyond that, for example a session or
	// a process group of its own; nil for nothing.
	SysProcAttr *syscall.SysProcAttr
}

// A Redirection is where a standard stream leads. The zero value is where that
// of this process does.
type Redirection struct {
	kind redirection
	file *os.File
}

type redirection uint8

const (
	inherit redirection = iota
	pipe
	devNull
	toStdout
	toFile
)

// Where standard streams may lead.
var (
	Inherit  = Redirection{}
	Pipe     = Redirection{kind: pipe}     // to this program
	DevNull  = Redirection{kind: devNull}  // nowhere
	ToStdout = Redirection{kind: toStdout} // for Stderr: where Stdout leads
)

// File leads to f, which stays the caller's.
func File(f *os.File) Redirection { return Redirection{toFile, f} }
