package workloads

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/unix"

	"concbench/models"
)

// slow is the slow function of Spinner.
type slow struct {
	kind   string
	wait   time.Duration // of the kinds that wait
	items  int           // of the kinds that compute
	every  int           // items between two yields, 0 for never
	alone  time.Duration // what it takes by itself
	cost   time.Duration // and of processor time
	answer int

	stay
	blocked  stay // of the kinds that block a thread, where they do
	computer *computer
}

// newSlow fixes what is to be done. Of the kinds that compute that is the run's
// number of items, whatever the processor does in this process.
func newSlow(t *Trial) (*slow, error) {
	s := &slow{kind: t.Params.String("kind"), wait: t.scaled("slow"), computer: newComputer(t.Seed)}
	s.name, s.blocked.name = "the slow function", "its blocking call"
	s.alone = s.wait
	if !s.computes() {
		return s, nil
	}
	if s.kind == "cpu-yield" {
		s.every = t.Params.Int("every")
	}
	var err error
	s.items, err = t.itemsIn(s.wait)
	return s, err
}

func (s *slow) computes() bool { return s.kind == "cpu" || s.kind == "cpu-yield" }

// rehearse finds, before anything is measured, what the items would take alone:
// that is what slowdown is held against.
func (s *slow) rehearse() {
	if s.computes() {
		wall, cpu := itemTime(rehearsals)
		s.alone, s.cost = time.Duration(s.items)*wall, time.Duration(s.items)*cpu
	}
}

// rehearsals are batches of items, which take about 20 ms.
const rehearsals = 8

func (s *slow) run(t models.Task) error {
	s.begin()
	err := s.work(t)
	s.end()
	if err != nil {
		return fmt.Errorf("slow function (kind=%s): %w", s.kind, err)
	}
	if !s.computes() && s.ended.Sub(s.began) < s.wait {
		return nil // woken early: no answer, and the ledger tells
	}
	s.answer = theAnswer
	return nil
}

func (s *slow) work(t models.Task) error {
	switch s.kind {
	case "sleep":
		return t.Sleep(s.wait)
	case "blocking":
		return s.block()
	case "executor":
		return t.Block(s.block)
	}
	return s.computer.items(t, s.items, s.every)
}

func (s *slow) block() error {
	s.blocked.begin()
	defer s.blocked.end()
	return blockThread(s.wait)
}

// done writes what was done into the ledger: as much as there was to do, inside
// the time that is called the function's.
func (s *slow) done(l *ledger, cpu time.Duration) {
	if s.kind == "blocking" || s.kind == "executor" {
		l.inspect(models.Traits{Concurrent: true}, stretch{s.began, s.ended}, 1, &s.blocked)
	}
	// Half, because the clock of processor time is coarse on some machines.
	if cpu < s.cost/2 {
		l.fault("the process took %v of processor time, and the items alone take %v", cpu, s.cost)
	}
	l.created.Add(int64(s.runs))
	l.messages.Add(int64(s.computer.done))
	if s.answer == theAnswer {
		l.finished.Add(1)
	}
}

// blockThread keeps the thread in the kernel, without a word to the model or
// to Go's scheduler beyond what any system call says. select with no
// descriptors is a sleep that every Unix has; a signal, such as those that the
// Go runtime sends to itself, cuts it short.
func blockThread(d time.Duration) error {
	for end := time.Now().Add(d); ; {
		left := time.Until(end)
		if left <= 0 {
			return nil
		}
		// Rounded up, so that the last one is not a series of shorter ones.
		timeout := unix.NsecToTimeval(int64(left) + int64(time.Microsecond) - 1)
		if _, err := unix.Select(0, nil, nil, nil, &timeout); err != nil && !errors.Is(err, unix.EINTR) {
			return fmt.Errorf("blocking the thread for %v: %w", left, err)
		}
	}
}
