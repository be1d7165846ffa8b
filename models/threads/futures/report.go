package futures

import (
	"fmt"
	"os"

	"concbench/models/threads/threading"
)

// report says what CPython's package would write to its log.
func report(t *threading.Thread, what string, err error) {
	if t == nil {
		_, _ = fmt.Fprintf(os.Stderr, "%s:\n%v\n", what, err)
		return
	}
	t.Interpreter().Report(what, err)
}
