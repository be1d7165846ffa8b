package measure

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"concbench/models"
	"concbench/noise"
	"concbench/results"
	"concbench/workloads"
)

// Options change what a profile says.
type Options struct {
	Workloads []string          // only these, by name; all of the profile's if empty
	Models    []string          // only these: "threads" for all its arms, "threads/gil=off" for exactly that one
	Params    map[string]string // of every workload that has a parameter of that name
	Rounds    int               // 0: the profile's
	Scale     float64           // of all real durations; 0: the profile's
	Seed      uint64            // of every choice and of the workloads' own data
	URLs      []string          // real sites for Download instead of the page server
	Command   []string          // what was typed, for the record

	// Traits tells what a model with these options is, or why there is none. With
	// it, nothing is planned that its workload does not support; without, that is
	// found out by the trials, which are skipped.
	Traits func(model, options string) (models.Traits, error)
}

// NewPlan makes the plan of a new run from the profile of that name. The same
// profile, options and seed give the same plan. An error is [ErrUsage], and
// lists what there is.
func NewPlan(profile string, o Options) (results.Run, error) {
	p, err := FindProfile(profile)
	if err != nil {
		return results.Run{}, err
	}
	return newPlan(p, workloads.All, o)
}

func newPlan(p Profile, all []workloads.Workload, o Options) (results.Run, error) {
	if o.Rounds == 0 {
		o.Rounds = p.Rounds
	}
	if o.Scale == 0 {
		o.Scale = p.Scale
	} else {
		p = p.withoutScales()
	}
	if o.Rounds < 1 || o.Rounds > maxRounds {
		return results.Run{}, fmt.Errorf("%w: %d rounds; want 1 to %d", ErrUsage, o.Rounds, maxRounds)
	}
	if !(o.Scale >= minScale && o.Scale <= maxScale) {
		return results.Run{}, fmt.Errorf("%w: scale %v; want %v to %v, such as 0.1", ErrUsage, o.Scale, minScale, maxScale)
	}
	groups, err := choose(p, all, o)
	if err != nil {
		return results.Run{}, err
	}
	run := results.Run{
		Schema:  results.Schema,
		Profile: p.Name,
		Seed:    o.Seed,
		Scale:   o.Scale,
		Start:   time.Now().Round(0),
		Command: o.Command,
		URLs:    o.URLs,
		Plan:    order(groups, o),
	}
	describeOrigin(&run)
	run.Workloads = describe(groups, all)
	run.Budget = budget(run.Plan, all)
	return run, nil
}

// slack is how much longer than its estimate a run may take to measure rounds
// of its reserve: a quarter.
const slack = 1.25

// budget is how many seconds a run of the plan may take, reserve included.
func budget(plan []results.Planned, all []workloads.Workload) float64 {
	sum := 0.0
	for _, p := range plan {
		if !p.Reserve {
			sum += guess(all, p).Seconds()
		}
	}
	return slack * sum
}

const maxRounds = 10_000

// Below the least scale a wait of a second is shorter than a timer is late, and
// beyond the greatest it takes minutes: neither is the workload any more.
const (
	minScale = 0.0001
	maxScale = 100.0
)

// A group is the same work under several arms. Its trials stand next to each other.
type group struct {
	members []member
	scale   float64 // of real durations
}

// A member is one arm of a group, which is run in every so many rounds.
type member struct {
	results.Cell
	every int
}

// name tells groups of one plan apart.
func (g group) name() string { return fmt.Sprint(g.members[0].Subject(), " ", g.scale) }

// A layout spreads groups over rounds.
type layout struct {
	groups  []group
	seed    uint64
	designs []*design // of each group
	plan    []results.Planned
}

// order lays the groups out over the rounds, and behind them rounds in reserve.
// Those hold the cells that are run most often: only these can have enough rounds
// for an answer.
func order(groups []group, o Options) []results.Planned {
	l := layout{groups: groups, seed: o.Seed}
	least := maxRounds
	for _, g := range groups {
		l.designs = append(l.designs, newDesign(len(g.members), randomFor(o.Seed, "arms", g.name(), 0)))
		for _, m := range g.members {
			least = min(least, m.every)
		}
	}
	for round := range o.Rounds {
		l.add(round, false, func(m member) bool { return round%m.every == 0 })
	}
	for i := range inReserve((o.Rounds + least - 1) / least) {
		l.add(o.Rounds+i, true, func(m member) bool { return m.every == least })
	}
	return l.plan
}

// inReserve is how many rounds are kept in reserve for so many: a quarter,
// and none where not even all of them are enough for an answer.
func inReserve(rounds int) int {
	if rounds < noise.Needed {
		return 0
	}
	return (rounds + 3) / 4
}

// add lays out one round of the members that are due in it: the groups
// shuffled, and inside a group the next order of its design.
func (l *layout) add(round int, reserve bool, due func(member) bool) {
	for _, i := range randomFor(l.seed, "groups", "", round).Perm(len(l.groups)) {
		g := l.groups[i]
		if !slices.ContainsFunc(g.members, due) {
			continue
		}
		// One for the workload in this round, so that its forms have the same
		// data; 53 bits, so that a reader who knows only floating point reads it whole.
		seed := randomFor(l.seed, "data", g.members[0].Workload, round).Uint64() >> 11
		for _, arm := range l.designs[i].next() {
			if m := g.members[arm]; due(m) {
				l.plan = append(l.plan, results.Planned{Seq: len(l.plan), Round: round, Cell: m.Cell, Scale: g.scale, Seed: seed, Reserve: reserve})
			}
		}
	}
}

// A design gives out the orders of a Williams design, each once before any
// comes again, with the arms dealt anew to its letters each time. It gives out
// one Latin square whole before it begins the next, so that after any number of
// rounds no arm has stood in a place more than once more often than in another.
type design struct {
	random *rand.Rand
	rows   [][]int
	left   []int // rows not yet used
	deal   []int // which arm each letter stands for
}

func newDesign(arms int, random *rand.Rand) *design {
	return &design{random: random, rows: williams(arms)}
}

func (d *design) next() []int {
	if len(d.left) == 0 {
		d.deal = d.random.Perm(len(d.rows[0]))
		d.left = d.shuffled()
	}
	row := d.rows[d.left[0]]
	d.left = d.left[1:]
	order := make([]int, len(row))
	for place, letter := range row {
		order[place] = d.deal[letter]
	}
	return order
}

// shuffled are the numbers of all rows: the squares in random order, and the
// rows of each.
func (d *design) shuffled() []int {
	var all []int
	arms := len(d.rows[0])
	for _, square := range d.random.Perm(len(d.rows) / arms) {
		for _, row := range d.random.Perm(arms) {
			all = append(all, square*arms+row)
		}
	}
	return all
}

// randomFor is a source of its own for each choice, so that leaving one
// workload out changes nothing in the others.
func randomFor(seed uint64, choice, group string, round int) *rand.Rand {
	key := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %d", seed, choice, group, round))
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(key[:]), binary.BigEndian.Uint64(key[8:])))
}
