package coroutine

import (
	"errors"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// A descriptor is a non-blocking file descriptor that the selector watches.
type descriptor struct {
	loop             *Loop
	fd               int // -1 once closed
	reading, writing side
}

// A side is one direction of a descriptor and the tasks that wait for it.
type side struct {
	owner    *descriptor
	onReady  Handle // queued by the selector
	waiting  waiters
	deadline time.Duration // on the loop's clock; 0 if there is none
	timer    *Timer        // of the deadline, while anyone waits
}

// watch takes over fd, which it closes if that fails.
func (l *Loop) watch(fd int) (*descriptor, error) {
	d := &descriptor{loop: l, fd: fd}
	for _, s := range []*side{&d.reading, &d.writing} {
		s.owner = d
		s.onReady.call = s.waiting.wakeAll
	}
	if err := l.selector.register(d); err != nil {
		unix.Close(fd)
		return nil, err
	}
	return d, nil
}

// close has all who wait return [net.ErrClosed].
func (d *descriptor) close() error {
	if d.fd < 0 {
		return net.ErrClosed
	}
	fd := d.fd
	d.fd = -1
	d.loop.selector.forget(fd)
	d.reading.waiting.wakeAll()
	d.writing.waiting.wakeAll()
	return os.NewSyscallError("close", unix.Close(fd))
}

// ready is the selector's news.
func (s *side) ready(queue *ring[*Handle]) {
	if s.waiting.first != nil {
		queue.push(&s.onReady)
	}
}

// check returns an error if the side is not to be used any more.
func (s *side) check() error {
	if s.owner.fd < 0 {
		return net.ErrClosed
	}
	if s.deadline != 0 && s.deadline <= s.owner.loop.Time() {
		return os.ErrDeadlineExceeded
	}
	return nil
}

var errNoTask = errors.New("coroutine: this would block, and only a task can wait")

// wait suspends the running task until the side may be ready, or check has
// something to say, or the task is cancelled.
func (s *side) wait() error {
	l := s.owner.loop
	t := l.current
	if t == nil {
		return errNoTask
	}
	s.arm()
	l.selector.waits++
	l.asking.now()
	err := s.waiting.wait(t)
	l.selector.waits--
	if s.waiting.first == nil {
		s.disarm()
	}
	return err
}

// setDeadline also holds for the waits in progress.
func (s *side) setDeadline(at time.Time) error {
	if s.owner.fd < 0 {
		return net.ErrClosed
	}
	s.disarm()
	s.deadline = 0
	if !at.IsZero() {
		s.deadline = max(1, after(s.owner.loop.Time(), time.Until(at)))
	}
	if s.waiting.first != nil {
		s.arm()
	}
	return nil
}

func (s *side) arm() {
	if s.deadline != 0 && s.timer == nil {
		s.timer = s.owner.loop.callAt(s.deadline, s.waiting.wakeAll)
	}
}

func (s *side) disarm() {
	if s.timer != nil {
		s.timer.Cancel()
		s.timer = nil
	}
}

// attempt repeats a system call that does not block until it has done
// something, waiting for the side in between.
func (s *side) attempt(name string, call func(fd int) error) error {
	for {
		if err := s.check(); err != nil {
			return err
		}
		switch err := call(s.owner.fd); err {
		case nil:
			return nil
		case unix.EINTR:
		case unix.EAGAIN:
			if err := s.wait(); err != nil {
				return err
			}
		default:
			return os.NewSyscallError(name, err)
		}
	}
}
