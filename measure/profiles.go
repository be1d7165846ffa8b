package measure

const concurrent = "coroutine threads goroutine"

// profiles is the table. The rounds of bench are what fits into six minutes on
// two processors; full has as many as a publication needs to see a difference
// of two per cent.
var profiles = []Profile{
	{Name: "quick", Doc: "everything once or twice on a scaled clock, within a minute: a look, not a measurement", Rounds: 2, Scale: 0.1, Sets: sets("0 1000 10000", "5000")},
	{Name: "bench", Doc: "real durations, about five minutes: the default", Rounds: 6, Scale: 1, Sets: sets("0 1000 10000 100000", "5000")},
	{Name: "full", Doc: "real durations, 20 rounds: for publication", Rounds: 20, Scale: 1, Sets: sets("0 1000 10000 100000", "5000")},
}

func sets(tasks, threads string) []Set {
	return []Set{
		{Workload: "Sleep", Arms: arms("serial " + concurrent), Every: 2},
		{Workload: "Switch", Arms: arms(concurrent), Grid: grid(axis("via", "yield handoff"), axis("cpu", "same"))},
	}
}
