package reports

import (
	"fmt"
	"time"

	"concbench/results"
	"concbench/stats"
)

// The names that workloads give to what the claims need. They stand here only.
const (
	makespan       = "makespan-sec"
	perSwitch      = "sec/switch"
	kernelSwitches = "switches/switch"
	parkedBytes    = "parked-bytes"
	longestGap     = "longest-gap-sec"
	slowTime       = "slow-sec"
	stopLatency    = "stop-latency-sec"
)

// claims are what people read in articles, in the order of docs/statistics.md. A
// claim has its rule before anything is measured.
var claims = []claim{
	{"C1", "Two tasks that sleep 5 s and 3 s take 8 s one after another and 5 s together",
		"holds if the ratio of the two times is that of the durations, within 2 %", sleepTogether},
	{"C2", "Seven pages downloaded together take several times less than one after another (an article: 0.8 s for 3.3 s)",
		"holds if they take less than half", downloadTogether},
	{"C3", "Threads switch in the kernel; coroutines leave and re-enter within one thread",
		"holds for threads if there is at least one kernel switch for two task switches, for coroutines if there is at most one for a hundred", switchesInKernel},
	{"C4", "A coroutine switch costs less than a thread switch",
		"holds if the ratio lies below 1 by more than 2 %", coroutineSwitch},
	{"C5", "Concurrency by coroutines needs less memory than by threads",
		"holds if the ratio of the bytes per parked task lies below 1 by more than 2 %", coroutineMemory},
	{"C6", "Because of the interpreter lock, threads do not speed up work that computes",
		"holds if threads are not faster than one after another by more than 2 %", lockStopsSpeedup},
	{"C7", "Work that waits does overlap under the interpreter lock",
		"holds if threads are faster than one after another by more than 2 %", waitingOverlaps},
	{"C9", "A blocking call made directly in a coroutine stops every other task",
		"holds if the longest gap between two frames lasts at least nine tenths of the slow call", blockingStops},
	{"C11", "A coroutine can be cancelled from outside; a thread must be asked through a flag",
		"the part that a clock can answer: holds if the coroutine stops sooner than the thread by more than 2 %", stopsSooner},
	{"C13", "The spinner keeps turning while the slow function waits, in threads and in coroutines alike",
		"holds if the longest gap is at most one and a half frames", keepsTurning},
}

// against compares every other arm of the subjects with a base arm, in how many
// times less it needs.
func (d *data) against(cells []*cellData, base, metric string, judge func(a *cellData, r ratio) Answer) []Evidence {
	var all []Evidence
	for _, s := range subjects(cells) {
		b := s.arm(base)
		if b == nil {
			continue
		}
		for _, a := range s {
			if a == b {
				continue
			}
			if r, err := d.compare(b, a, metric); err == nil {
				all = append(all, Evidence{d.ratioText(r, a, b, metric), r.N, judge(a, r)})
			} else if judge(a, r) != aside {
				all = append(all, d.withoutRatio(a, b, metric)...)
			}
		}
	}
	return all
}

func sleepTogether(d *data) []Evidence {
	return d.against(d.where("Sleep"), "serial", makespan, func(a *cellData, r ratio) Answer {
		long, errLong := time.ParseDuration(a.Params.Get("long"))
		short, errShort := time.ParseDuration(a.Params.Get("short"))
		if errLong != nil || errShort != nil || max(long, short) <= 0 {
			return aside
		}
		return near(r.Interval, float64(long+short)/float64(max(long, short)))
	})
}

func downloadTogether(d *data) []Evidence {
	return d.against(d.where("Download"), "serial", makespan, func(_ *cellData, r ratio) Answer {
		return above(r.Interval, 2)
	})
}

func waitingOverlaps(d *data) []Evidence {
	judge := func(a *cellData, r ratio) Answer {
		if a.Arm() != "threads" {
			return aside
		}
		return above(r.Interval, 1+stats.Margin)
	}
	var all []Evidence
	for _, workload := range []string{"Sleep", "Download"} {
		for _, e := range d.against(d.where(workload), "serial", makespan, judge) {
			if e.Answer != aside {
				e.Text = workload + ", " + e.Text
				all = append(all, e)
			}
		}
	}
	return all
}

func lockStopsSpeedup(d *data) []Evidence {
	cells := d.where("Factorial", results.Param{Name: "form", Value: "cpu"})
	return d.against(cells, "serial", makespan, func(a *cellData, r ratio) Answer {
		if a.Arm() != "threads" {
			return aside
		}
		return below(r.Interval, 1+stats.Margin)
	})
}

func coroutineSwitch(d *data) []Evidence {
	return d.pair(d.where("Switch"), "coroutine", "threads", perSwitch)
}

func stopsSooner(d *data) []Evidence {
	return d.pair(d.where("Spinner", results.Param{Name: "kind", Value: "sleep"}), "coroutine", "threads", stopLatency)
}

// pair compares two arms; the claim is that the first needs less.
func (d *data) pair(cells []*cellData, first, second, metric string) []Evidence {
	var all []Evidence
	for _, s := range subjects(cells) {
		a, b := s.arm(first), s.arm(second)
		if a == nil || b == nil {
			continue
		}
		if r, err := d.compare(b, a, metric); err == nil {
			judged := above(r.Interval, 1+stats.Margin)
			all = append(all, Evidence{d.ratioText(r, a, b, metric), r.N, judged})
		} else {
			all = append(all, d.withoutRatio(a, b, metric)...)
		}
	}
	return all
}

// withoutRatio is the evidence of two arms that were measured in the same
// rounds and have no ratio, and none of arms that were not.
func (d *data) withoutRatio(a, b *cellData, metric string) []Evidence {
	x, _ := paired(a, b, metric)
	if len(x) == 0 {
		return nil
	}
	text := fmt.Sprintf("%s and %s have no ratio, since a value is not above zero%s", a.Arm(), b.Arm(), d.note(a))
	return []Evidence{{text, len(x), NoRatio}}
}

func switchesInKernel(d *data) []Evidence {
	var all []Evidence
	for _, c := range d.where("Switch") {
		s := c.summary(kernelSwitches)
		if s.N == 0 {
			continue
		}
		judged := aside
		switch c.Model {
		case "threads":
			judged = answer(s.Interval, func(v float64) bool { return v >= 0.5 }, func(_, hi float64) bool { return hi < 0.5 })
		case "coroutine":
			judged = below(s.Interval, 0.01)
		}
		text := fmt.Sprintf("%s: %s kernel switches per task switch (%s)%s", c.Arm(), digits(s.Median, 3), bounds(s.Interval, s.Median, s.N, plain), d.note(c))
		all = append(all, Evidence{text, s.N, judged})
	}
	return all
}
