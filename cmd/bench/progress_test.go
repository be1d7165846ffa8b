package main

import (
	"bytes"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestPatience: what takes long is told once, and what does not is not.
func TestPatience(t *testing.T) {
	boom := errors.New("boom")
	for took, want := range map[time.Duration]string{time.Second: "", time.Minute: "drawing\n"} {
		synctest.Test(t, func(t *testing.T) {
			var said bytes.Buffer
			err := patiently(&said, "drawing", func() error { time.Sleep(took); return boom })
			if err != boom || said.String() != want {
				t.Errorf("%v: %v, and said %q; want %q", took, err, &said, want)
			}
		})
	}
}
