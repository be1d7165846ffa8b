package reports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"concbench/noise"
	"concbench/results"
	"concbench/stats"
)

// data is a run arranged for reading: cells with their values by round.
type data struct {
	run     results.Run
	records []results.Record
	cells   []*cellData
	skip    map[int]bool // rounds left out
	noise   noise.Account
}

// cellData is one cell at one scale of real durations. Trials at different
// scales are never put together.
type cellData struct {
	results.Cell
	scale   float64
	planned int
	trials  []results.Record // that have a number, by round
	bad     []results.Record // that have none
}

type cellKey struct {
	cell  string
	scale float64
}

// arrange puts records into the cells of the plan, and leaves out the rounds in skip.
func arrange(run results.Run, records []results.Record, skip map[int]bool) *data {
	d := &data{run: run, records: records, skip: skip, noise: noise.Count(run, records)}
	byKey := map[cellKey]*cellData{}
	find := func(c results.Cell, scale float64) *cellData {
		key := cellKey{c.Key(), scale}
		if byKey[key] == nil {
			byKey[key] = &cellData{Cell: c, scale: scale}
			d.cells = append(d.cells, byKey[key])
		}
		return byKey[key]
	}
	begun := map[int]bool{}
	for _, r := range records {
		begun[r.Round] = true
	}
	for _, p := range run.Plan {
		if c := find(p.Cell, p.Scale); !p.Reserve || begun[p.Round] {
			c.planned++
		}
	}
	for _, r := range records {
		c := find(r.Cell, r.Scale)
		switch {
		case skip[r.Round]:
		case r.Status == results.OK:
			c.trials = append(c.trials, r)
		default:
			c.bad = append(c.bad, r)
		}
	}
	for _, c := range d.cells {
		slices.SortStableFunc(c.trials, func(a, b results.Record) int { return cmp.Compare(a.Round, b.Round) })
	}
	d.sort()
	return d
}

// sort puts cells in the order of workloads, then of parameters, then of arms:
// not in that of the plan, which is shuffled.
func (d *data) sort() {
	place := map[string]int{}
	for i, w := range d.run.Workloads {
		place[w.Name] = i
	}
	slices.SortStableFunc(d.cells, func(a, b *cellData) int {
		return cmp.Or(
			cmp.Compare(place[a.Workload], place[b.Workload]),
			cmp.Compare(a.Workload, b.Workload),
			slices.CompareFunc(a.Params, b.Params, compareParams),
			cmp.Compare(b.scale, a.scale),
			compareArms(a.Arm(), b.Arm()))
	})
}

// compareParams puts numbers in the order of numbers.
func compareParams(a, b results.Param) int {
	x, errX := strconv.ParseFloat(a.Value, 64)
	y, errY := strconv.ParseFloat(b.Value, 64)
	if a.Name == b.Name && errX == nil && errY == nil {
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Value, b.Value))
	}
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value))
}

// modelOrder is the order of models in everything that is shown. Others follow by name.
var modelOrder = []string{"serial", "coroutine", "threads", "goroutine"}

func compareArms(a, b string) int {
	rank := func(arm string) int {
		model, _, _ := strings.Cut(arm, "/")
		if i := slices.Index(modelOrder, model); i >= 0 {
			return i
		}
		return len(modelOrder)
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
}

// refused reports whether a trial of the cell did other work than it had to.
// Then none of the cell's numbers is shown, since it is not known to do the work.
func (c *cellData) refused() bool {
	return slices.ContainsFunc(c.bad, func(r results.Record) bool { return r.Status == results.Refused })
}

// values are the cell's values of a metric by round.
func (c *cellData) values(metric string) (rounds []int, values []float64) {
	if c.refused() {
		return nil, nil
	}
	for _, r := range c.trials {
		if v, ok := r.Values[metric]; ok {
			rounds, values = append(rounds, r.Round), append(values, v)
		}
	}
	return rounds, values
}

func (c *cellData) summary(metric string) stats.Summary {
	_, values := c.values(metric)
	return stats.Summarise(values)
}

// same is the cell of this data that is the other's same cell.
func (d *data) same(other *cellData) *cellData {
	i := slices.IndexFunc(d.cells, func(c *cellData) bool { return c.scale == other.scale && c.Key() == other.Key() })
	return d.cells[i]
}

// paired are the values of a metric of two cells in the rounds that have both.
func paired(a, b *cellData, metric string) (x, y []float64) {
	roundsA, valuesA := a.values(metric)
	roundsB, valuesB := b.values(metric)
	return inBoth(roundsA, valuesA, roundsB, valuesB)
}

// inBoth are the values of those rounds that both have.
func inBoth(roundsA []int, valuesA []float64, roundsB []int, valuesB []float64) (x, y []float64) {
	for i, round := range roundsA {
		if j := slices.Index(roundsB, round); j >= 0 {
			x, y = append(x, valuesA[i]), append(y, valuesB[j])
		}
	}
	return x, y
}

// where returns the cells of a workload that have these parameters.
func (d *data) where(workload string, params ...results.Param) []*cellData {
	var found []*cellData
	for _, c := range d.cells {
		if c.Workload == workload && !slices.ContainsFunc(params, func(p results.Param) bool { return c.Params.Get(p.Name) != p.Value }) {
			found = append(found, c)
		}
	}
	return found
}

// A subject is the cells that are compared with each other: the same workload,
// parameters and scale under several arms.
type subject []*cellData

// subjects splits cells, which are in order, into those that are compared.
func subjects(cells []*cellData) []subject {
	var all []subject
	for _, c := range cells {
		last := len(all) - 1
		if last >= 0 && all[last][0].Subject() == c.Subject() && all[last][0].scale == c.scale {
			all[last] = append(all[last], c)
		} else {
			all = append(all, subject{c})
		}
	}
	return all
}

// arm returns the cell under a model with options, or nil.
func (s subject) arm(arm string) *cellData {
	for _, c := range s {
		if c.Arm() == arm {
			return c
		}
	}
	return nil
}

// info returns what the run says of a workload.
func (d *data) info(name string) results.WorkloadInfo {
	for _, w := range d.run.Workloads {
		if w.Name == name {
			return w
		}
	}
	return results.WorkloadInfo{Name: name}
}

func metricOf(info results.WorkloadInfo, name string) results.Metric {
	for _, m := range info.Metrics {
		if m.Name == name {
			return m
		}
	}
	return results.Metric{Name: name, Title: name}
}

// workloads are the names of those that have cells, in order.
func (d *data) workloads() []string {
	var names []string
	for _, c := range d.cells {
		if !slices.Contains(names, c.Workload) {
			names = append(names, c.Workload)
		}
	}
	return names
}
