package workloads

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync/atomic"

	"concbench/models"
	"concbench/results"
)

// A ledger counts work while tasks do it, on whatever threads they run.
type ledger struct {
	created, finished, messages, bytes atomic.Int64
}

// work is the ledger's state as it is kept in a record.
func (l *ledger) work(checksum string) results.Work {
	return results.Work{
		Created:  l.created.Load(),
		Finished: l.finished.Load(),
		Messages: l.messages.Load(),
		Bytes:    l.bytes.Load(),
		Checksum: checksum,
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
