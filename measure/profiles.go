package measure

// The arms that are compared. The threads are under their lock unless it says otherwise.
var (
	concurrent = arms("coroutine threads goroutine")
	all        = arms("serial coroutine threads goroutine")
	scheduling = arms("coroutine threads threads/gil=off goroutine/procs=1 goroutine")
	computing  = arms("serial coroutine threads threads/gil=off goroutine/procs=1 goroutine")
	many       = arms("coroutine goroutine")
	apart      = arms("threads threads/gil=off goroutine") // those that can be on two processors
)

// profiles is the table of what is run. The rounds of bench are what fits into
// six minutes on two processors with real sleeps; those of full let a difference
// of two per cent be seen.
var profiles = []Profile{
	{
		Name: "quick", Rounds: 4, Scale: 0.1,
		Doc: "everything on a clock ten times as fast, within a minute: a look, not a measurement",
		Sets: []Set{
			{Workload: "Sleep", Arms: all},
			{Workload: "Download", Arms: all},
			{Workload: "Download", Arms: arms("coroutine"), Grid: grid(axis("form", "executor"))},
			{Workload: "Spinner", Arms: concurrent, Grid: grid(axis("kind", "sleep cpu cpu-yield blocking")), Every: 2},
			{Workload: "Spinner", Arms: arms("coroutine"), Grid: grid(axis("kind", "executor")), Every: 2},
			{Workload: "Factorial", Arms: computing, Grid: grid(axis("numbers", "20000,30000,40000,50000"))},
			{Workload: "Switch", Arms: concurrent, Grid: grid(axis("via", "yield handoff"), axis("cpu", "same"))},
			{Workload: "Switch", Arms: apart, Grid: grid(axis("via", "handoff"), axis("cpu", "cross"))},
			{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "0 1000")), Every: 2},
			{Workload: "Memory", Arms: many, Grid: grid(axis("tasks", "10000")), Every: 2},
			{Workload: "Latency", Arms: concurrent, Grid: grid(axis("load", "idle hog"))},
		},
	},
	{
		Name: "bench", Rounds: 6, Scale: 1,
		Doc:  "real durations, about five minutes: the default",
		Sets: measured,
	},
	{
		Name: "full", Rounds: 20, Scale: 1,
		Doc:  "the same in 20 rounds: for publication",
		Sets: measured,
	},
}

// measured are the cells of the profiles whose numbers count.
var measured = []Set{
	{Workload: "Sleep", Arms: all, Every: 2},
	{Workload: "Download", Arms: all},
	{Workload: "Download", Arms: arms("coroutine"), Grid: grid(axis("form", "executor"))},
	{Workload: "Spinner", Arms: concurrent, Grid: grid(axis("kind", "sleep cpu cpu-yield blocking")), Every: 3},
	{Workload: "Spinner", Arms: arms("coroutine"), Grid: grid(axis("kind", "executor")), Every: 3},
	{Workload: "Factorial", Arms: computing},
	{Workload: "Switch", Arms: scheduling, Grid: grid(axis("via", "yield handoff"), axis("cpu", "same"))},
	{Workload: "Switch", Arms: apart, Grid: grid(axis("via", "handoff"), axis("cpu", "cross"))},
	{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "0 1000"))},
	{Workload: "Memory", Arms: concurrent, Grid: grid(axis("tasks", "10000")), Every: 3},
	{Workload: "Memory", Arms: arms("threads"), Grid: grid(axis("tasks", "5000")), Every: 3},
	{Workload: "Memory", Arms: many, Grid: grid(axis("tasks", "100000"))},
	{Workload: "Latency", Arms: concurrent, Grid: grid(axis("load", "idle hog"))},
}
