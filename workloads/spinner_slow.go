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
	answer int

	computer     computer
	begun, ended int64
}

// newSlow finds out, before anything is measured, how many items take as long
// as the function should. Once found the number is fixed: what the function
// then takes longer is what sharing the processor cost it.
func newSlow(t *Trial) *slow {
	s := &slow{kind: t.Params.String("kind"), wait: t.scaled("slow"), computer: newComputer(t.Seed)}
	s.alone = s.wait
	switch s.kind {
	case "cpu-yield":
		s.every = t.Params.Int("every")
		fallthrough
	case "cpu":
		item := itemTime(&s.computer)
		s.items = max(1, int(s.wait/item))
		s.alone = time.Duration(s.items) * item
	}
	return s
}

func (s *slow) run(t models.Task) error {
	s.begun++
	begin := time.Now()
	if err := s.work(t); err != nil {
		return fmt.Errorf("slow function (kind=%s): %w", s.kind, err)
	}
	if s.items == 0 && time.Since(begin) < s.wait {
		return nil // woken early: no answer, and the ledger tells
	}
	s.ended++
	s.answer = theAnswer
	return nil
}

func (s *slow) work(t models.Task) error {
	switch s.kind {
	case "sleep":
		return t.Sleep(s.wait)
	case "blocking":
		return blockThread(s.wait)
	case "executor":
		return t.Block(func() error { return blockThread(s.wait) })
	}
	return s.computer.items(t, s.items, s.every)
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
