package workloads

import (
	"time"

	"concbench/models"
)

// What a model may say of itself that is not so.
var (
	claimsOneAtATime = cheat{claims: &models.Traits{}}
	claimsThreadEach = cheat{claims: &models.Traits{Concurrent: true, ThreadEach: true}}
	claimsOneThread  = cheat{claims: &models.Traits{Concurrent: true, OneThread: true}}
)

// otherwise gives a parameter another value than the ledger was derived from.
func otherwise(name, value string) func(*Trial) {
	return func(t *Trial) {
		params := append(Params(nil), t.Params...)
		for i := range params {
			if params[i].Name == name {
				params[i].Value = value
			}
		}
		t.Params = params
	}
}

var sleepProof = proof{
	small: []map[string]string{{"long": "2s", "short": "1s"}},
	cheats: []cheatCase{
		{kind: part, cheat: cheat{skipStarts: true}},
		{kind: twice, cheat: cheat{runTwice: true}},
		{kind: before, given: map[string]string{"long": "20s", "short": "20s"}, cheat: cheat{wakeEarly: true}},
		{kind: after, cheat: cheat{earlyJoins: true}},
		{kind: aside, what: "tasks beside each other", cheat: claimsOneAtATime},
		{kind: fewer, what: "none of its own", model: "coroutine", cheat: claimsThreadEach},
		{kind: fewer, what: "several", model: "threads", cheat: claimsOneThread},
		{kind: replay, what: "shorter sleeps", edit: otherwise("long", "1500ms")},
	},
}

var downloadProof = proof{
	small: []map[string]string{{}, {"form": "executor", "pages": "3"}, {"together": "2", "pages": "5"}},
	cheats: []cheatCase{
		{kind: part, cheat: cheat{skipStarts: true}},
		{kind: part, what: "blocking calls", given: map[string]string{"form": "executor"}, cheat: cheat{skipBlocks: true}},
		{kind: part, what: "a byte", cheat: cheat{spoilBytes: true}},
		{kind: twice, cheat: cheat{runTwice: true}},
		{kind: before, what: "the server sends it", given: map[string]string{"mean": "10s"}, cheat: cheat{cachedPages: true}},
		{kind: after, cheat: cheat{earlyJoins: true}},
		{kind: aside, what: "more at once than may be", given: map[string]string{"together": "2"}, cheat: cheat{freePermits: true}},
		{kind: aside, what: "tasks beside each other", cheat: claimsOneAtATime},
		{kind: fewer, model: "coroutine", cheat: claimsThreadEach},
		{kind: replay, what: "the pages of another round", edit: func(t *Trial) { t.Seed++ }},
	},
}

var spinnerProof = proof{
	small: []map[string]string{
		{"frame": "5ms"}, {"frame": "5ms", "kind": "cpu"}, {"frame": "5ms", "kind": "cpu-yield", "every": "16"},
		{"frame": "5ms", "kind": "blocking"}, {"frame": "5ms", "kind": "executor"},
	},
	cheats: []cheatCase{
		{kind: part, what: "of the sleep", cheat: cheat{wakeEarly: true}},
		{kind: part, what: "the blocking call", given: map[string]string{"kind": "executor"}, cheat: cheat{skipBlocks: true}},
		{kind: part, what: "half of the items", given: map[string]string{"kind": "cpu"}, edit: func(t *Trial) { t.Pace *= 2 }},
		{kind: part, what: "half of the yields", given: map[string]string{"kind": "cpu-yield", "every": "16"}, edit: otherwise("every", "32")},
		{kind: part, what: "the bar", given: map[string]string{"kind": "cpu"}, cheat: cheat{all: true, skipStarts: true}},
		{kind: twice, what: "the items", given: map[string]string{"kind": "cpu"}, edit: func(t *Trial) { t.Pace /= 2 }},
		{kind: twice, what: "the blocking call", given: map[string]string{"kind": "executor"}, cheat: cheat{blockTwice: true}},
		{kind: twice, what: "the bar", given: map[string]string{"kind": "cpu"}, model: "threads", cheat: cheat{all: true, runTwice: true}},
		{kind: before, what: "the items", given: map[string]string{"kind": "cpu"}, edit: func(t *Trial) { t.Probe = idleProbe{t.Probe} }},
		{kind: before, what: "frames", given: map[string]string{"kind": "blocking", "frame": "5ms"}, cheat: cheat{wakeEarly: true}},
		{kind: after, what: "the bar", given: map[string]string{"kind": "cpu"}, model: "threads", cheat: cheat{earlyJoins: true}},
		{kind: after, what: "the blocking call", given: map[string]string{"kind": "executor"}, cheat: cheat{lateBlocks: true}},
		{kind: aside, what: "frames while a task computes", given: map[string]string{"kind": "cpu", "frame": "100us", "slow": "1m"}, model: "threads", cheat: cheat{all: true, loose: true}},
		{kind: aside, what: "frames while the loop computes", given: map[string]string{"kind": "cpu", "frame": "100us", "slow": "1m"}, model: "coroutine", cheat: cheat{all: true, loose: true}},
		{kind: fewer, model: "coroutine", cheat: claimsThreadEach},
		{kind: replay, what: "the items of another round", given: map[string]string{"kind": "cpu"}, edit: func(t *Trial) { t.Seed += 2 }},
	},
}

var factorialProof = proof{
	small: []map[string]string{{"numbers": "200,3,1000"}, {"numbers": "200,300", "yields": "yes"}, {"form": "steps", "numbers": "2,3,4"}},
	cheats: []cheatCase{
		{kind: part, given: map[string]string{"numbers": "200,300"}, cheat: cheat{skipStarts: true}},
		{kind: part, what: "of the lines", given: map[string]string{"form": "steps", "numbers": "2,3"}, cheat: cheat{skipStarts: true}},
		{kind: twice, given: map[string]string{"numbers": "200,300"}, cheat: cheat{runTwice: true}},
		{kind: twice, what: "lines", given: map[string]string{"form": "steps", "numbers": "2,3"}, cheat: cheat{runTwice: true}},
		{kind: before, what: "lines", given: map[string]string{"form": "steps", "numbers": "5,6"}, cheat: cheat{wakeEarly: true}},
		{kind: after, given: map[string]string{"numbers": "20000,20000"}, cheat: cheat{earlyJoins: true}},
		{kind: after, what: "lines", given: map[string]string{"form": "steps", "numbers": "2,3"}, cheat: cheat{earlyJoins: true}},
		{kind: aside, what: "steps without the lock", given: map[string]string{"numbers": "20000,20000,20000"}, model: "threads", cheat: cheat{loose: true}},
		{kind: aside, what: "tasks beside each other", given: map[string]string{"form": "steps", "numbers": "2,3"}, cheat: claimsOneAtATime},
		{kind: aside, what: "on more than one processor", given: map[string]string{"numbers": "200,300"}, model: "goroutine/procs=1",
			edit: func(t *Trial) { t.Probe = busyProbe{t.Probe} }},
		{kind: fewer, given: map[string]string{"numbers": "2000,2000", "yields": "yes"}, model: "coroutine", cheat: claimsThreadEach},
		{kind: replay, what: "of smaller numbers", given: map[string]string{"numbers": "200,300"}, edit: otherwise("numbers", "200,299")},
	},
}

// A busyProbe has seen a second of processor time for each that passed, and one more.
type busyProbe struct{ Probe }

func (p busyProbe) CPU() time.Duration { return p.Elapsed() + time.Second }

// An idleProbe has seen no processor time.
type idleProbe struct{ Probe }

func (idleProbe) CPU() time.Duration { return 0 }

var switchProof = proof{
	small: []map[string]string{{"laps": "50"}, {"laps": "50", "via": "handoff", "tasks": "3"}, {"laps": "50", "cpu": "cross"}},
	cheats: []cheatCase{
		{kind: part, given: map[string]string{"laps": "50"}, cheat: cheat{skipStarts: true}},
		{kind: part, what: "half of the laps", given: map[string]string{"laps": "50"}, edit: otherwise("laps", "25")},
		{kind: part, what: "the switch", given: map[string]string{"laps": "10000"}, model: "threads", cheat: cheat{emptyYields: true}},
		{kind: part, what: "the processors", given: map[string]string{"laps": "50", "cpu": "cross"}, cheat: cheat{noPins: true}},
		{kind: twice, given: map[string]string{"laps": "50"}, cheat: cheat{runTwice: true}},
		{kind: before, given: map[string]string{"laps": "50"}, model: "threads", cheat: cheat{openDoors: true}},
		{kind: after, given: map[string]string{"laps": "5000"}, model: "threads", cheat: cheat{earlyJoins: true}},
		// Under the interpreter lock, so that the cheat is no data race.
		{kind: aside, what: "without the token", given: map[string]string{"laps": "50", "via": "handoff"}, model: "threads", cheat: cheat{freePermits: true}},
		{kind: fewer, what: "none of its own", given: map[string]string{"laps": "50"}, model: "coroutine", cheat: claimsThreadEach},
		{kind: fewer, what: "several", given: map[string]string{"laps": "50"}, model: "threads", cheat: claimsOneThread},
	},
	excused: map[kind]string{replay: "there is no answer: each turn is counted as it is taken"},
}

var memoryProof = proof{
	small: []map[string]string{{"tasks": "0"}, {"tasks": "20"}, {"tasks": "5", "parked": "sleep"}},
	cheats: []cheatCase{
		{kind: part, given: map[string]string{"tasks": "20"}, cheat: cheat{skipStarts: true}},
		{kind: part, what: "of the wait", given: map[string]string{"tasks": "20"}, cheat: cheat{openEvents: true}},
		{kind: part, what: "half of the tasks", given: map[string]string{"tasks": "20"}, edit: otherwise("tasks", "10")},
		{kind: twice, given: map[string]string{"tasks": "20"}, cheat: cheat{runTwice: true}},
		{kind: after, given: map[string]string{"tasks": "200"}, model: "threads", cheat: cheat{earlyJoins: true}},
		{kind: fewer, given: map[string]string{"tasks": "500"}, cheat: claimsThreadEach},
	},
	excused: map[kind]string{
		before: "what a model takes before its first task is in the baseline, and the slope over tasks is without it",
		aside:  "the tasks only wait",
		replay: "the reading is made by another process",
	},
}

var latencyProof = proof{
	small: []map[string]string{{"duration": "1s", "sleepers": "2"}, {"duration": "1s", "load": "hog", "burst": "2ms"}},
	cheats: []cheatCase{
		{kind: part, what: "a sleeper", given: map[string]string{"sleepers": "2"}, cheat: cheat{skipStarts: true}},
		{kind: part, what: "the hog", given: map[string]string{"load": "hog"}, cheat: cheat{all: true, skipStarts: true}},
		{kind: part, what: "half of the wake-ups", edit: otherwise("period", "2ms")},
		{kind: twice, given: map[string]string{"sleepers": "2"}, cheat: cheat{runTwice: true}},
		{kind: before, given: map[string]string{"period": "200ms"}, cheat: cheat{wakeEarly: true}},
		{kind: after, given: map[string]string{"load": "hog"}, cheat: cheat{earlyJoins: true}},
		{kind: aside, what: "wake-ups while the hog computes", given: map[string]string{"load": "hog", "duration": "20s"}, model: "threads", cheat: cheat{loose: true}},
		{kind: fewer, given: map[string]string{"sleepers": "2"}, model: "coroutine", cheat: claimsThreadEach},
	},
	excused: map[kind]string{replay: "there is no answer: each wake-up is stamped as it comes"},
}
