package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"concbench/results"
)

// What others may take of a trial before it counts as contaminated: a share of
// its time, and above it what the kernel's clock ticks blur.
const (
	stolenShare = 0.01 // by the hypervisor
	othersShare = 0.05 // of a processor, by other processes
	ticksFloor  = 0.02 // seconds: two ticks
)

// oursBeside are the workloads during which processes of this program work
// beside the trial, so that what the machine did else says nothing: Download
// has its page server, and Memory the reader from outside and the end of tens
// of thousands of threads after the measured part.
var oursBeside = []string{"Download", "Memory"}

// disturbed reports whether a trial lost time to the hypervisor, or other
// processes used the machine meanwhile. Of a trial without a number it is not
// known how much of the machine it used itself.
func disturbed(r results.Record) bool {
	wall := r.Startup.Wall + r.Usage.Wall
	if r.Machine.Steal > ticksFloor+stolenShare*wall {
		return true
	}
	return r.Status == results.OK && !slices.Contains(oursBeside, r.Cell.Workload) && others(r) > ticksFloor+othersShare*wall
}

// others is how much CPU time other processes used during a trial, in seconds.
func others(r results.Record) float64 {
	return r.Machine.Busy - r.Usage.UserCPU - r.Usage.SystemCPU - r.Startup.UserCPU - r.Startup.SystemCPU
}

// contaminated are the rounds in which a trial was disturbed. A whole round,
// never one arm of it, so that no arm is favoured.
func contaminated(records []results.Record) map[int]bool {
	rounds := map[int]bool{}
	for _, r := range records {
		if disturbed(r) {
			rounds[r.Round] = true
		}
	}
	return rounds
}

func (d *data) contaminationText() string {
	bad := contaminated(d.records)
	trials, stolen, busy := 0, 0.0, 0.0
	for _, r := range d.records {
		if disturbed(r) {
			trials++
		}
		stolen = max(stolen, r.Machine.Steal)
		if r.Status == results.OK && !slices.Contains(oursBeside, r.Cell.Workload) {
			busy = max(busy, others(r))
		}
	}
	text := fmt.Sprintf("%d of %d trials, in %d of %d rounds", trials, len(d.records), len(bad), len(d.rounds()))
	if len(bad) > 0 {
		numbers := make([]string, 0, len(bad))
		for _, round := range slices.Sorted(maps.Keys(bad)) {
			numbers = append(numbers, fmt.Sprint(round))
		}
		text += " (" + strings.Join(numbers, ", ") + ", counted from 0)"
	}
	return text + fmt.Sprintf(". Rule: the hypervisor took more than 1\u00a0%% of a trial's time and 20 ms, or other processes more than 5\u00a0%% and 20 ms; for %s only the first counts, since processes of this program work beside them. Most in one trial: %s by the hypervisor, %s by other processes",
		strings.Join(oursBeside, " and "), inSeconds.format(stolen), inSeconds.format(busy))
}

// swayed names the claims whose answer is another without the contaminated rounds.
func (d *data) swayed(findings []Finding) []string {
	bad := contaminated(d.records)
	if len(bad) == 0 {
		return nil
	}
	if clean := len(d.rounds()) - len(bad); clean < leastRounds {
		return []string{fmt.Sprintf("Clean rounds: %d of %d, too few to answer anything, so the answers stand on disturbed rounds", clean, len(d.rounds()))}
	}
	var names []string
	for i, f := range arrange(d.run, d.records, bad).findings() {
		if f.Answer != findings[i].Answer {
			names = append(names, fmt.Sprintf("%s: %s with all rounds, %s without the contaminated", f.ID, findings[i].Answer, f.Answer))
		}
	}
	return names
}
