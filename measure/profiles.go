package measure

import "slices"

// The arms that are compared. The threads are under their lock unless it says otherwise.
var (
	concurrent = arms("coroutine threads goroutine")
	all        = arms("serial coroutine threads goroutine")
	scheduling = arms("coroutine threads threads/gil=off goroutine/procs=1 goroutine")
	computing  = arms("serial coroutine threads threads/gil=off goroutine/procs=1 goroutine")
	many       = arms("coroutine goroutine")
	apart      = arms("threads threads/gil=off goroutine") // those that can be on two processors
)

// profiles is the table of what is run. An interval of 95 % takes six rounds at
// least. Six of real sleeps do not fit into the six minutes of bench, so it has
// them in real durations a few times, and scaled down in every round; full,
// which has the time, has real durations alone. What differences so many rounds
// can find is in docs/statistics.md.
var profiles = []Profile{
	{
		Name: "quick", Rounds: 6, Scale: 0.1,
		Doc: "everything on a clock ten times as fast, in a minute: a look, not a measurement",
		Sets: []Set{
			{Workload: "Sleep", Arms: all, Scale: 0.5},
			{Workload: "Download", Arms: all},
			{Workload: "Download", Arms: arms("coroutine"), Grid: grid(axis("form", "executor"))},
			{Workload: "Spinner", Arms: concurrent, Grid: grid(axis("kind", "sleep blocking"))},
			{Workload: "Spinner", Arms: concurrent, Grid: grid(axis("kind", "cpu cpu-yield")), Every: 6},
			{Workload: "Spinner", Arms: arms("coroutine"), Grid: grid(axis("kind", "executor")), Every: 6},
			{Workload: "Factorial", Arms: computing, Grid: grid(axis("numbers", "20000,30000,40000,50000"))},
			{Workload: "Switch", Arms: concurrent, Grid: grid(axis("via", "yield handoff"), axis("cpu", "same"), axis("laps", "25000"))},
			{Workload: "Switch", Arms: apart, Grid: grid(axis("via", "handoff"), axis("cpu", "cross")), Every: 3},
			{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "500 1000"))},
			{Workload: "Memory", Arms: many, Grid: grid(axis("tasks", "10000")), Every: 3},
			{Workload: "Latency", Arms: concurrent, Grid: grid(axis("load", "idle hog"))},
		},
	},
	{
		Name: "bench", Rounds: 6, Scale: 1,
		Doc: "real durations, the long ones scaled in most rounds, five to six minutes: the default",
		Sets: slices.Concat(measured, []Set{
			{Workload: "Sleep", Arms: all, Every: 3},
			{Workload: "Sleep", Arms: all, Scale: 0.1},
			{Workload: "Spinner", Arms: concurrent, Grid: grid(axis("kind", "sleep cpu cpu-yield blocking")), Every: 6},
			{Workload: "Spinner", Arms: concurrent, Grid: grid(axis("kind", "sleep cpu cpu-yield blocking")), Scale: 0.2},
			{Workload: "Spinner", Arms: arms("coroutine"), Grid: grid(axis("kind", "executor")), Scale: 0.2},
			{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "10000")), Every: 6},
			{Workload: "Memory", Arms: arms("threads"), Grid: grid(axis("tasks", "20000")), Every: 6},
		}),
	},
	{
		Name: "full", Rounds: 20, Scale: 1,
		Doc: "everything in real durations in 20 rounds, about 40 minutes: for publication",
		Sets: slices.Concat(measured, []Set{
			{Workload: "Sleep", Arms: all},
			{Workload: "Spinner", Arms: concurrent, Grid: grid(axis("kind", "sleep cpu cpu-yield blocking"))},
			{Workload: "Spinner", Arms: arms("coroutine"), Grid: grid(axis("kind", "executor"))},
			{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "10000"))},
			{Workload: "Memory", Arms: arms("threads"), Grid: grid(axis("tasks", "20000"))},
			// The machine's limit is met on the way: the report names it.
			{Workload: "Memory", Arms: arms("threads"), Grid: grid(axis("tasks", "100000")), Every: 20},
		}),
	},
}

// measured are the cells that both bench and full have time for in every round.
var measured = []Set{
	{Workload: "Download", Arms: all},
	{Workload: "Download", Arms: arms("coroutine"), Grid: grid(axis("form", "executor"))},
	{Workload: "Factorial", Arms: computing},
	{Workload: "Switch", Arms: scheduling, Grid: grid(axis("via", "yield handoff"), axis("cpu", "same"))},
	{Workload: "Switch", Arms: apart, Grid: grid(axis("via", "handoff"), axis("cpu", "cross"))},
	{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "0 1000"))},
	{Workload: "Memory", Arms: many, Grid: grid(axis("tasks", "100000"))},
	{Workload: "Memory", Arms: arms("threads"), Grid: grid(axis("tasks", "3000"))},
	{Workload: "Latency", Arms: concurrent, Grid: grid(axis("load", "idle hog"))},
}
