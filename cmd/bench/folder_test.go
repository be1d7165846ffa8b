package main

import (
	"sync"
	"testing"
	"time"
)

// TestRunsOfOneSecondHaveTheirOwnFolders begins many runs at one instant.
func TestRunsOfOneSecondHaveTheirOwnFolders(t *testing.T) {
	out, began := t.TempDir(), time.Now()
	var (
		all  sync.WaitGroup
		mu   sync.Mutex
		seen = map[string]bool{}
	)
	for range 20 {
		all.Go(func() {
			dir, err := newDir(out, began)
			mu.Lock()
			defer mu.Unlock()
			if err != nil || seen[dir] {
				t.Errorf("%q, %v; want a folder of its own", dir, err)
			}
			seen[dir] = true
		})
	}
	all.Wait()
}
