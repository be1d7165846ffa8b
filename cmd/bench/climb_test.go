package main

import (
	"strings"
	"testing"

	"concbench/models/threads/limits"
)

// What a climb comes to is one line of the diagnosis.
func TestClimbSymptom(t *testing.T) {
	limit := &limits.Error{Limit: "the limit", Value: 7, File: "/file", Try: "ask for fewer"}
	for _, c := range []struct {
		top    summit
		mark   mark
		within string
	}{
		{summit{Threads: 9}, well, "9 threads at once, as many as asked for"},
		{summit{Threads: 7, Limit: limit}, caution, "the limit is 7 (/file): ask for fewer"},
	} {
		got := c.top.symptom()
		if got.mark != c.mark || !strings.Contains(got.what+" "+got.advice, c.within) {
			t.Errorf("%+v is %+v", c.top, got)
		}
	}
}
