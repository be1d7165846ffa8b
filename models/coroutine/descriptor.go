package coroutine

import (
	"errors"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// A descriptor is a non-blocking file descriptor of the loop's own, which the
// selector watches for its whole life.
type descriptor struct {
	loop             *Loop
	fd               int // -1 once closed
	reading, writing side
}

// A side is one direction of a descriptor and who waits for it.
type side struct {
	owner    *descriptor
	waiting  waiters
	callback *Handle       // queued with each report of the selector; nil if there is none
	deadline time.Duration // on the loop's clock; 0 if there is none
	timer    *Timer        // of the deadline, while anyone waits

	// exhausted: a system call would block, until the selector reports. It is
	// known from one that did, and from a read that did not fill its buffer: so an
	// echo is one read and one write.
	exhausted bool
	// ended: the other side sends no more, or there is an error or urgent data,
	// at which a read stops short. The report of that came perhaps with the one
	// of the last data, so a short read does not mean that another report comes.
	ended bool
}

// watch takes over fd, which it closes if that fails.
func (l *Loop) watch(fd int) (*descriptor, error) {
	if l.closed { // and its selector's number perhaps another's
		unix.Close(fd)
		return nil, ErrClosed
	}
	d := &descriptor{loop: l, fd: fd}
	d.reading.owner, d.writing.owner = d, d
	l.disown(fd)
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
	for _, s := range []*side{&d.reading, &d.writing} {
		s.setCallback(nil)
		s.waiting.wakeAll()
	}
	return os.NewSyscallError("close", unix.Close(fd))
}

// ready is the selector's news. Who waits is queued at once, where asyncio
// queues a callback that queues it: a round, and often a question to the
// selector, less.
func (s *side) ready() {
	s.exhausted = false
	if s.callback != nil {
		s.owner.loop.ready.Push(s.callback)
	}
	s.waiting.wakeAll()
}

// setCallback has fn called with each report of the selector; nil ends that.
func (s *side) setCallback(fn func()) {
	l := s.owner.loop
	if s.callback != nil {
		s.callback.Cancel()
		s.callback = nil
		l.selector.waits--
	}
	if fn != nil {
		s.callback = &Handle{call: fn}
		l.selector.waits++
		l.asking.now()
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
		if !s.exhausted || s.owner.loop.current == nil {
			if err := s.try(name, call); err != ErrWouldBlock {
				return err
			}
		}
		if err := s.wait(); err != nil {
			return err
		}
	}
}

// ErrWouldBlock is returned by what does not wait, where it would have to.
var ErrWouldBlock = errors.New("coroutine: the operation would have to wait")

// try makes a system call that does not block.
func (s *side) try(name string, call func(fd int) error) error {
	for {
		switch err := call(s.owner.fd); err {
		case nil:
			s.exhausted = false
			return nil
		case unix.EINTR:
		case unix.EAGAIN:
			s.exhausted = true
			return ErrWouldBlock
		default:
			return os.NewSyscallError(name, err)
		}
	}
}
