package measure

import (
	"bytes"
	"slices"
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

// complaints are how the lines begin with which a Go program says why it dies.
var complaints = []string{"panic: ", "fatal error: ", "runtime: ", "SIG"}

// why is what a Go program says of its death, and otherwise the last three
// lines, as one line.
func (e *ends) why() string {
	var all, said []string
	for line := range bytes.Lines(append(bytes.Clone(e.first), e.last...)) {
		text := strings.TrimSpace(string(line))
		if text != "" {
			all = append(all, text)
		}
		if slices.ContainsFunc(complaints, func(c string) bool { return strings.HasPrefix(text, c) }) {
			said = append(said, text)
		}
	}
	if len(said) > 0 {
		return strings.Join(said[:min(2, len(said))], " | ")
	}
	return strings.Join(all[max(0, len(all)-3):], " | ")
}

// causes tells in one line what a process died of and what it said.
func causes(died error, said string) string {
	switch {
	case died == nil && said == "":
		return "it ended by itself, without a word"
	case died == nil:
		return said
	case said == "":
		return died.Error()
	}
	return died.Error() + ": " + said
}
