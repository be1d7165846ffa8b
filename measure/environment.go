package measure

import (
	"os"
	"slices"
	"strings"
)

// passed are the variables of the runner that a trial gets to see: those that
// change how a Go program runs, which the run records, and those without which
// https does not work. All others, with their varying length, stay out.
var passed = []string{"GOGC", "GOMEMLIMIT", "GODEBUG", "SSL_CERT_FILE", "SSL_CERT_DIR", "TMPDIR", "GOCOVERDIR"}

func environment(extra []string) []string {
	var env []string
	for _, entry := range os.Environ() {
		if name, _, ok := strings.Cut(entry, "="); ok && slices.Contains(passed, name) {
			env = append(env, entry)
		}
	}
	// A crash is told in its first line; one stack is enough.
	return append(append(env, "GOTRACEBACK=single"), extra...)
}
