package leaktest

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
)

// A witness notes what a check says of a test.
type witness struct {
	testing.TB
	said strings.Builder
}

func (w *witness) Helper()                   {}
func (w *witness) Error(args ...any)         { fmt.Fprintln(&w.said, args...) }
func (w *witness) Errorf(f string, a ...any) { fmt.Fprintf(&w.said, f, a...) }

func TestWhatIsLeftIsSeen(t *testing.T) {
	clean := &witness{TB: t}
	NothingLeft(clean)()
	if clean.said.Len() > 0 {
		t.Errorf("of nothing it is said: %s", clean.said.String())
	}

	left := &witness{TB: t}
	check := NothingLeft(left)
	end := make(chan struct{})
	go func() { <-end }()
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	check()
	close(end)
	f.Close()
	for _, want := range []string{"found unexpected goroutines", "descriptors are open"} {
		if runtime.GOOS == "linux" && !strings.Contains(left.said.String(), want) {
			t.Errorf("%q is missing in: %s", want, left.said.String())
		}
	}
}
