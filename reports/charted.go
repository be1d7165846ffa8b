package reports

import (
	"slices"

	"concbench/results"
)

// A chartKind is how a chart's cells become rows or curves.
type chartKind int

const (
	dots     chartKind = iota // one row a cell
	speedup                   // one row a cell: how many times faster than serial, by round
	scaling                   // one curve an arm over the number of tasks
	shares                    // one row a part of the memory of a task
	spectrum                  // one curve an arm over the percentiles of a histogram
)

// A chartDef is a row of the table of charts with words of their own.
type chartDef struct {
	workload, metric string
	kind             chartKind
	file             string // name without an ending
	title            string
	question         string
	reading          string
	limits           string // what it does not show
	log              bool
	where            []results.Param
}

const readDots = "A marker is the median of one value per process, the bar its interval, the small ticks below are the processes."

// What each such chart is most easily mistaken for.
const (
	notPythonsSwitch = " Not a ratio between Python's asyncio and threading: there a step of the interpreter costs more than the switch; the loop here also asks its poller only every 64 steps while tasks are ready, where asyncio asks in every round."
	notAsynciosPoll  = " asyncio itself rounds its poll up to whole milliseconds (CPython 3.11's epoll selector); the loop here waits in nanoseconds, so real asyncio is about half a millisecond later when idle."
)

// charted are the charts with words of their own, in the order of the page.
var charted = []chartDef{
	{workload: "Sleep", metric: makespan, kind: dots, file: "sleep-makespan",
		title:    "Sleep: time until both sleepers have woken",
		question: "Do two waits overlap?",
		reading:  readDots + " The dashed lines are the two durations one after another and together.",
		limits:   "What a wake-up costs: at this scale it cannot be seen. See Latency."},
	{workload: "Download", metric: makespan, kind: dots, file: "download-makespan",
		title:    "Download: time until all pages are there",
		question: "Does waiting for a server overlap?",
		reading:  readDots,
		limits:   "Throughput of a network: the server is on this machine, and its delay is most of the time."},
	{workload: "Spinner", metric: longestGap, kind: dots, file: "spinner-gap", log: true,
		title:    "Spinner: longest time without a new frame",
		question: "Does the bar keep turning beside a slow function, of each kind?",
		reading:  readDots + " The axis is logarithmic. A frame is due every 100 ms unless the heading says otherwise.",
		limits:   "How often it happens: one long gap counts as much as many."},
	{workload: "Spinner", metric: "p99-lateness-sec", kind: dots, file: "spinner-lateness", log: true,
		title:    "Spinner: lateness of a frame, 99th percentile",
		question: "How late is a frame, counted from when it was due?",
		reading:  readDots + " The axis is logarithmic.",
		limits:   "With some thirty frames a trial, the 99th percentile of a process is its worst frame."},
	{workload: "Factorial", metric: makespan, kind: speedup, file: "factorial-speedup",
		where:    []results.Param{{Name: "form", Value: "cpu"}},
		title:    "Factorial: speed-up over one after another",
		question: "Does the model make work that computes faster?",
		reading:  "A marker is the median over rounds of the serial time over this arm's time in the same round, the bar its interval. Right of 1 is faster.",
		limits:   "More processors than this machine has: the best possible is their number. Nor the collector of garbage, which is off while it runs, under every model."},
	{workload: "Switch", metric: perSwitch, kind: dots, file: "switch-time", log: true,
		title:    "Switch: time per one-way switch",
		question: "What does it cost to go from one task to another?",
		reading:  readDots + " The axis is logarithmic. One way, not there and back.",
		limits:   "Cold caches: the tasks touch next to no memory of their own." + notPythonsSwitch},
	{workload: "Switch", metric: kernelSwitches, kind: dots, file: "switch-kernel",
		title:    "Switch: kernel context switches per switch",
		question: "Does a switch go through the kernel?",
		reading:  readDots + " 0 stays in user space, 1 enters the kernel each time.",
		limits:   "What such a switch costs: see the chart above." + notPythonsSwitch},
	{workload: "Memory", metric: parkedBytes, kind: scaling, file: "memory-tasks", log: true,
		title:    "Memory: what parked tasks hold",
		question: "How does memory grow with the number of tasks?",
		reading:  "Both axes are logarithmic. A marker is the median over processes of what each holds less what the same process held before its first task, the bar its interval. The number at each curve is the median over rounds of the slope of a straight line, bytes for one more task, at those numbers of tasks that every round has; R² is of one line through the same points.",
		limits:   "Tasks that have used more stack than they need to park; and a process with no tasks, which has no place on this axis and no part in the slope."},
	{workload: "Memory", metric: parkedBytes, kind: shares, file: "memory-parts", log: true,
		title:    "Memory: parts of what one more task holds",
		question: "How much of it is in the kernel?",
		reading:  "A marker is the median over rounds of the slope over those numbers of tasks that every round has, the bar its interval. Page tables and kernel stacks are the kernel's, and no process's resident memory shows them.",
		limits:   "Kernel stacks are counted for the whole machine: what others started meanwhile is in the interval."},
	{workload: "Latency", metric: "p99-lateness-sec", kind: dots, file: "latency-p99", log: true,
		title:    "Latency: lateness of a wake-up, 99th percentile",
		question: "How late does a task wake, alone and beside one that computes?",
		reading:  readDots + " The axis is logarithmic. Counted from when the wake-up was due, so that one late wake-up cannot hide those after it.",
		limits:   "The primitive alone: a loop's poll, a kernel sleep and the runtime's timer each have a floor of their own." + notAsynciosPoll},
	spectrumOf("idle", "Is a wake-up ever late when nothing else runs?"),
	spectrumOf("hog", "How late is the unlucky wake-up beside a task that computes?"),
}

func spectrumOf(load, question string) chartDef {
	return chartDef{workload: "Latency", metric: "lateness", kind: spectrum, file: "latency-spectrum-" + load, log: true,
		where:    []results.Param{{Name: "load", Value: load}},
		title:    "Latency: all percentiles of lateness, " + load,
		question: question,
		reading:  "Each curve is the median over processes of the lateness at that percentile, the band its interval. To the right it gets rarer: each step is ten times fewer wake-ups. A curve ends where fewer than ten wake-ups of a process lie beyond.",
		limits:   "The single worst wake-up, which is in the table." + notAsynciosPoll}
}

// parts are the metrics into which the memory of a task falls.
var parts = []struct{ metric, label string }{
	{"parked-pss-bytes", "resident, user"},
	{"parked-pagetable-bytes", "page tables"},
	{"parked-kernelstack-bytes", "kernel stacks"},
}

// overviewOf are the three measures that stand side by side in the overview:
// of each, the first subject of the workload that fits and has numbers.
var overviewOf = []chartDef{
	{workload: "Switch", metric: perSwitch, kind: dots, log: true, title: "Time per one-way switch", where: []results.Param{{Name: "via", Value: "handoff"}, {Name: "cpu", Value: "same"}}},
	{workload: "Memory", metric: parkedBytes, kind: shares, log: true, title: "Memory per parked task"},
	{workload: "Latency", metric: "p99-lateness-sec", kind: dots, log: true, title: "Lateness beside a task that computes", where: []results.Param{{Name: "load", Value: "hog"}}},
}

// standingsOf are the measures of which the top of the page tells who won.
var standingsOf = append(slices.Clone(overviewOf),
	chartDef{workload: "Sleep", metric: makespan, title: "Time until both sleepers have woken"},
	chartDef{workload: "Download", metric: makespan, title: "Time until all pages are there"},
	chartDef{workload: "Spinner", metric: longestGap, title: "Longest time without a new frame, beside work that computes", where: []results.Param{{Name: "kind", Value: "cpu"}}},
	chartDef{workload: "Factorial", metric: makespan, title: "Time to compute factorials", where: []results.Param{{Name: "form", Value: "cpu"}}},
)
