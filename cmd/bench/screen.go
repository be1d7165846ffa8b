package main

import (
	"io"

	"concbench/internal/terminal"
)

// screen is what a verb writes to, as the terminal that it may be. Tests give
// a plain buffer.
func screen(w io.Writer) *terminal.Writer {
	if s, ok := w.(*terminal.Writer); ok {
		return s
	}
	return terminal.NewWriter(w)
}
