package measure

import (
	"bytes"
	"strings"
)

// endBytes is how much is kept of either end of what a child writes.
const endBytes = 4096

// An ends keeps the first and the last of what is written to it: a Go program
// that dies says why first, and other programs last.
type ends struct{ first, last []byte }

func (e *ends) Write(p []byte) (int, error) {
	room := min(len(p), endBytes-len(e.first))
	e.first = append(e.first, p[:room]...)
	e.last = append(e.last, p[room:]...)
	if n := len(e.last) - endBytes; n > 0 {
		e.last = append(e.last[:0], e.last[n:]...)
	}
	return len(p), nil
}

// why is the line with which a Go program says why it died, and otherwise
// the last three lines, as one.
func (e *ends) why() string {
	var lines []string
	for line := range bytes.Lines(append(bytes.Clone(e.first), e.last...)) {
		text := strings.TrimSpace(string(line))
		if strings.HasPrefix(text, "panic: ") || strings.HasPrefix(text, "fatal error: ") {
			return text
		}
		if text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines[max(0, len(lines)-3):], " | ")
}
