package workloads

import (
	"fmt"
	"io"
	"sync"
)

// A printer writes the lines of several tasks, each whole, and keeps the first
// error so that a task need not stop for it.
type printer struct {
	mu  sync.Mutex // held while a line is written, never across a wait
	out io.Writer
	err error
}

func (p *printer) line(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := fmt.Fprintln(p.out, text); err != nil && p.err == nil {
		p.err = fmt.Errorf("printing a line: %w", err)
	}
}
