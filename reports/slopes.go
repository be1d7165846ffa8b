package reports

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"concbench/results"
	"concbench/stats"
)

// A growth is how a metric of one arm grows with the number of tasks.
type growth struct {
	arm    string
	params results.Params // without the number of tasks
	rounds []int          // that have a line
	slopes []float64      // of each of those rounds
	line   stats.Line     // through the points of all those rounds
}

func (g growth) slope() stats.Summary { return stats.Summarise(g.slopes) }

// growths fits a line to every round of every arm. One line a round, because
// the points of a round are not independent of each other. All rounds of an arm
// are fitted at the same numbers of tasks, because slopes over different
// ladders are estimates of different things; see [commonTasks].
func (d *data) growths(cells []*cellData, metric string) []growth {
	var all []growth
	for _, ladder := range ladders(cells) {
		g := growth{arm: ladder[0].Arm(), params: without(ladder[0].Params, "tasks")}
		byRound := rungs(ladder, metric)
		tasks := commonTasks(byRound)
		var x, y []float64
		for _, round := range slices.Sorted(maps.Keys(byRound)) {
			var held []float64
			for _, n := range tasks {
				held = append(held, byRound[round][n])
			}
			line, err := stats.FitLine(tasks, held)
			if err != nil {
				continue
			}
			g.rounds, g.slopes = append(g.rounds, round), append(g.slopes, line.Slope)
			x, y = append(x, tasks...), append(y, held...)
		}
		line, err := stats.FitLine(x, y)
		if err != nil {
			continue
		}
		g.line = line
		all = append(all, g)
	}
	return all
}

// rungs are a metric's values by round and by number of tasks, of the rounds
// with tasks in two numbers or more: fewer have no slope.
func rungs(ladder []*cellData, metric string) map[int]map[float64]float64 {
	byRound := map[int]map[float64]float64{}
	for _, c := range ladder {
		tasks, _ := tasksOf(c)
		if tasks == 0 { // what a process holds without tasks is already taken off
			continue
		}
		rounds, values := c.values(metric)
		for i, round := range rounds {
			if byRound[round] == nil {
				byRound[round] = map[float64]float64{}
			}
			byRound[round][tasks] = values[i]
		}
	}
	maps.DeleteFunc(byRound, func(_ int, values map[float64]float64) bool { return len(values) < 2 })
	return byRound
}

// commonTasks are the numbers of tasks that every round has, in rising order.
func commonTasks(byRound map[int]map[float64]float64) []float64 {
	count := map[float64]int{}
	for _, values := range byRound {
		for tasks := range values {
			count[tasks]++
		}
	}
	maps.DeleteFunc(count, func(_ float64, rounds int) bool { return rounds < len(byRound) })
	return slices.Sorted(maps.Keys(count))
}

// ladders groups cells that differ in the number of tasks only, in rising order.
func ladders(cells []*cellData) [][]*cellData {
	var keys []string
	byKey := map[string][]*cellData{}
	for _, c := range cells {
		if _, ok := tasksOf(c); !ok {
			continue
		}
		rest := c.Cell
		rest.Params = without(c.Params, "tasks")
		key := rest.Key() + fmt.Sprint(" ", c.scale)
		if byKey[key] == nil {
			keys = append(keys, key)
		}
		byKey[key] = append(byKey[key], c)
	}
	var all [][]*cellData
	for _, key := range keys {
		slices.SortStableFunc(byKey[key], func(a, b *cellData) int {
			x, _ := tasksOf(a)
			y, _ := tasksOf(b)
			return int(x - y)
		})
		all = append(all, byKey[key])
	}
	slices.SortStableFunc(all, func(a, b []*cellData) int { return compareArms(a[0].Arm(), b[0].Arm()) })
	return all
}

func tasksOf(c *cellData) (float64, bool) {
	n, err := strconv.ParseUint(c.Params.Get("tasks"), 10, 31)
	return float64(n), err == nil
}

func without(params results.Params, name string) results.Params {
	return slices.DeleteFunc(slices.Clone(params), func(p results.Param) bool { return p.Name == name })
}

func coroutineMemory(d *data) []Evidence {
	var all []Evidence
	grown := d.growths(d.where("Memory"), parkedBytes)
	for _, a := range grown {
		for _, b := range grown {
			if a.arm != "coroutine" || b.arm != "threads" || !slices.Equal(a.params, b.params) {
				continue
			}
			if x, y := inBoth(a.rounds, a.slopes, b.rounds, b.slopes); len(x) > 0 {
				all = append(all, d.memoryEvidence(x, y, paramText(a.params)))
			}
		}
	}
	return all
}

// memoryEvidence compares the slopes of the same rounds. One that is not above zero,
// as the noise of a small ladder may make it, has no ratio to any.
func (d *data) memoryEvidence(coroutine, threads []float64, params string) Evidence {
	r, err := d.compareValues(threads, coroutine)
	if err != nil {
		return Evidence{fmt.Sprintf("for one more parked task: %s against %s, %s; in a round the memory did not grow, so there is no ratio",
			inBytes.format(stats.Median(coroutine)), inBytes.format(stats.Median(threads)), params), len(coroutine), NoRatio}
	}
	text := fmt.Sprintf("for one more parked task, coroutine needs %s, %s", r.relation("threads", inBytes), params)
	return Evidence{text, r.N, above(r.Interval, 1+stats.Margin)}
}
