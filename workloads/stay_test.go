package workloads

import (
	"strings"
	"testing"
	"time"

	"concbench/models"
)

var (
	serial = models.Traits{}
	many   = models.Traits{Concurrent: true}
	each   = models.Traits{Concurrent: true, ThreadEach: true}
	one    = models.Traits{Concurrent: true, OneThread: true}
)

func TestInspect(t *testing.T) {
	zero := time.Unix(1000, 0)
	at := func(ms int) time.Time { return zero.Add(time.Duration(ms) * time.Millisecond) }
	during := func(from, to, came, left int) *stay {
		return &stay{name: "task", runs: 1, began: at(from), ended: at(to), came: came, left: left}
	}
	for _, c := range []struct {
		name     string
		traits   models.Traits
		together int
		stays    []*stay
		want     string // in the faults; "" for none
	}{
		{"nobody", many, 0, nil, ""},
		{"as it should be", many, 0, []*stay{during(0, 50, 1, 2), during(10, 100, 1, 1)}, ""},
		{"never ran", many, 0, []*stay{{name: "task"}}, "task ran 0 times"},
		{"ran twice", many, 0, []*stay{{name: "task", runs: 2, began: at(0), ended: at(1)}}, "task ran 2 times"},
		{"never ended", many, 0, []*stay{{name: "task", runs: 1, began: at(0)}}, "did not come to its end"},
		{"too early", many, 0, []*stay{during(-1, 10, 1, 1)}, "began 1ms before the clock"},
		{"too late", many, 0, []*stay{during(90, 103, 1, 1)}, "ended 3ms after the clock"},
		{"one after another", serial, 0, []*stay{during(10, 20, 1, 1), during(0, 10, 1, 2), during(20, 20, 3, 3), during(20, 30, 1, 1)}, ""},
		{"beside each other", serial, 0, []*stay{during(0, 11, 1, 1), during(10, 20, 1, 1)}, "2 were under way at once, where 1"},
		{"two at once", many, 2, []*stay{during(0, 20, 1, 1), during(1, 10, 1, 1), during(10, 30, 1, 1)}, ""},
		{"three at once", many, 2, []*stay{during(0, 20, 1, 1), during(1, 10, 1, 1), during(9, 30, 1, 1)}, "3 were under way"},
		{"a thread each", each, 0, []*stay{during(0, 20, 1, 1), during(1, 10, 2, 2), during(10, 30, 2, 2)}, ""},
		{"a thread for two", each, 0, []*stay{during(0, 20, 1, 1), during(1, 10, 1, 1)}, "were on one thread"},
		{"a thread that changes", each, 0, []*stay{during(0, 20, 1, 2)}, "on another thread"},
		{"one thread", one, 0, []*stay{during(0, 20, 7, 7), during(1, 10, 7, 7)}, ""},
		{"two threads", one, 0, []*stay{during(0, 20, 7, 7), during(1, 10, 8, 8)}, "on another thread"},
		{"no numbers", each, 0, []*stay{during(0, 20, 0, 0), during(1, 10, 0, 0)}, ""},
	} {
		var l ledger
		l.inspect(c.traits, stretch{at(0), at(100)}, c.together, c.stays...)
		got := l.work("").Faults
		if !strings.Contains(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFaultsAreFew(t *testing.T) {
	var l ledger
	for i := range 10 {
		l.fault("fault %d", i)
	}
	for range 2 {
		if got := l.work("").Faults; got != "fault 0; fault 1; fault 2; and 7 more" {
			t.Errorf("the faults are %q", got)
		}
	}
}
