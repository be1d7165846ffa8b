package main

import "fmt"

// A cell is one program with its arguments and its samples.
type cell struct {
	name    string // in the form of a Go benchmark's name
	program string
	args    []string
	metrics []metric
	samples [sideCount][]sample // one per round
}

// A metric is one number of a program's output, in base units. The goal is a ratio of the
// emulation to CPython between low and high. A high of 0 means that there is no goal.
type metric struct {
	name      string
	low, high float64
}

// A sample is the output of one process: a value for each metric.
type sample map[string]float64

// cells lists all that is graded. self is the command that runs as a peer.
func cells(self string) []*cell {
	var all []*cell
	for _, interval := range []string{"5ms", "500us"} {
		for _, io := range []string{"sleep", "echo"} {
			for _, hogs := range []int{0, 1, 2, 4} {
				all = append(all, convoyCell(self, io, hogs, interval))
			}
		}
	}
	return append(all,
		&cell{name: "CPU2", program: "cpu2", args: []string{"5000000", "5"}, metrics: []metric{
			{name: "x/serial", low: 0.95, high: 1.05},
			{name: "sec/checkpoint"},
		}},
		&cell{name: "Handoff/cpu=same", program: "handoff", args: []string{"same", "20000"}, metrics: []metric{{name: "sec/handoff", high: 1}}},
		&cell{name: "Handoff/cpu=any", program: "handoff", args: []string{"any", "20000"}, metrics: []metric{{name: "sec/handoff"}}},
		&cell{name: "StartJoin", program: "startjoin", args: []string{"3000"}, metrics: []metric{{name: "sec/thread", high: 1}}},
	)
}

// convoyCell has a goal only where one thread computes. Beside several, a wait ends when the
// kernel happens to wake the right thread, and a run is too short for the tail of that.
func convoyCell(self, io string, hogs int, interval string) *cell {
	c := &cell{
		name:    fmt.Sprintf("Convoy/io=%s/hogs=%d/interval=%s", io, hogs, interval),
		program: "convoy",
		args:    []string{io, fmt.Sprint(hogs), map[string]string{"5ms": "0.005", "500us": "0.0005"}[interval], "1.5", self, peerVerb},
		metrics: []metric{{name: "p50-sec"}, {name: "p99-sec"}},
	}
	if hogs == 1 {
		c.metrics[0].low, c.metrics[0].high = 0.90, 1.10
		c.metrics[1].low, c.metrics[1].high = 0.75, 1.25
	}
	return c
}
