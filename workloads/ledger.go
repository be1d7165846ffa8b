package workloads

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"concbench/models"
	"concbench/results"
)

// A ledger counts work while tasks do it, on whatever threads they run, and keeps
// in words what was done otherwise than it should be.
type ledger struct {
	created, finished, messages, bytes atomic.Int64

	mu     sync.Mutex // held for a few instructions, never across a wait
	faults []string
	more   int // faults that are only counted
}

// maxFaults is how many faults are told. One mistake often has thousands.
const maxFaults = 3

// fault notes that something was not done as it should be.
func (l *ledger) fault(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.faults) == maxFaults {
		l.more++
		return
	}
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

// work is the ledger's state as it is kept in a record.
func (l *ledger) work(checksum string) results.Work {
	l.mu.Lock()
	defer l.mu.Unlock()
	faults := l.faults
	if l.more > 0 {
		faults = append(faults[:maxFaults:maxFaults], fmt.Sprintf("and %d more", l.more))
	}
	return results.Work{
		Created:  l.created.Load(),
		Finished: l.finished.Load(),
		Messages: l.messages.Load(),
		Bytes:    l.bytes.Load(),
		Checksum: checksum,
		Faults:   strings.Join(faults, "; "),
	}
}

// checksum is the SHA-256, in hexadecimal, of the parts, each on a line.
func checksum(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintln(h, p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// needsTasks refuses models whose tasks cannot be under way together.
func needsTasks(name string, traits models.Traits, _ Params) error {
	if traits.Concurrent {
		return nil
	}
	return fmt.Errorf("%s runs one task at a time, and this needs several under way at once", name)
}
