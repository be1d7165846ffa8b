package workloads

import (
	"cmp"
	"slices"
	"time"

	"concbench/models"
)

// A stay is one task's time in the measured part, and the kernel threads on which
// it came and went, 0 where they have no numbers. Each task writes its own.
type stay struct {
	name       string
	runs       int
	began      time.Time
	ended      time.Time // zero if it never came to its end
	came, left int
}

// begin is what a body does first, its clock last.
func (s *stay) begin() {
	s.runs++
	s.came = threadID()
	s.began = time.Now()
}

// end is what it does last, its clock first.
func (s *stay) end() {
	s.ended = time.Now()
	s.left = threadID()
}

// A stretch is the time that a number is taken of. What is done outside it has
// no part in the number, so it must not have one in the work.
type stretch struct{ from, to time.Time }

func (s stretch) length() time.Duration { return s.to.Sub(s.from) }

// inspect notes what is wrong with stays that all belong into the stretch, at
// most so many of them at once (0 for any number), and with the threads that the
// model's traits promise.
func (l *ledger) inspect(traits models.Traits, in stretch, together int, stays ...*stay) {
	var edges []edge
	for _, s := range stays {
		switch {
		case s.runs != 1:
			l.fault("%s ran %d times", s.name, s.runs)
			continue
		case s.ended.IsZero():
			l.fault("%s did not come to its end", s.name)
			continue
		case s.began.Before(in.from):
			l.fault("%s began %v before the clock did", s.name, in.from.Sub(s.began))
		case s.ended.After(in.to):
			l.fault("%s ended %v after the clock did", s.name, s.ended.Sub(in.to))
		}
		if s.ended.After(s.began) { // by this clock; else nobody can tell what was beside it
			edges = append(edges, edge{s.began, true, s}, edge{s.ended, false, s})
		}
	}
	if !traits.Concurrent {
		together = 1
	}
	sortEdges(edges)
	if most := mostInside(edges); together > 0 && most > together {
		l.fault("%d were under way at once, where %d may be", most, together)
	}
	l.inspectThreads(traits, edges)
}

// An edge is the beginning or the end of a stay.
type edge struct {
	at     time.Time
	begins bool
	*stay
}

// sortEdges sorts by time. A stay that ends when another begins is not beside it.
func sortEdges(edges []edge) {
	rank := map[bool]int{false: 0, true: 1}
	slices.SortStableFunc(edges, func(a, b edge) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(rank[a.begins], rank[b.begins]))
	})
}

// mostInside is how many stays there were at once.
func mostInside(sorted []edge) int {
	inside, most := 0, 0
	for _, e := range sorted {
		if e.begins {
			inside++
		} else {
			inside--
		}
		most = max(most, inside)
	}
	return most
}

// inspectThreads notes tasks on other threads than the traits promise. The kernel
// may give the number of a thread that has ended to a new one.
func (l *ledger) inspectThreads(traits models.Traits, sorted []edge) {
	if !traits.OneThread && !traits.ThreadEach {
		return
	}
	on := map[int]*stay{} // by thread
	for _, e := range sorted {
		switch other := on[e.came]; {
		case e.came == 0:
		case !e.begins:
			delete(on, e.came)
		case e.came != e.left, traits.OneThread && e.came != sorted[0].came:
			l.fault("%s was on another thread than its model says", e.name)
		case traits.ThreadEach && other != nil:
			l.fault("%s and %s were on one thread, where each has its own", other.name, e.name)
		default:
			on[e.came] = e.stay
		}
	}
}
