//go:build darwin

package coroutine

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// forever is a timeout that never comes.
const forever time.Duration = -1

// A selector tells which descriptors are ready. Each is registered once, for
// both directions and edge-triggered (EV_CLEAR): it is reported when it becomes
// ready, and again only after more has come. Whoever waits has therefore tried
// first and tries again.
type selector struct {
	queue   int
	table   []*descriptor    // the loop's own, by number
	foreign map[int]*foreign // others with callbacks on them, by number
	waits   int              // tasks and callbacks that wait for a descriptor
	buffer  [128]unix.Kevent_t
}

func newSelector() (*selector, error) {
	queue, err := unix.Kqueue()
	if err != nil {
		return nil, os.NewSyscallError("kqueue", err)
	}
	unix.CloseOnExec(queue)
	s := &selector{queue: queue}
	var user unix.Kevent_t
	unix.SetKevent(&user, 0, unix.EVFILT_USER, unix.EV_ADD|unix.EV_CLEAR)
	if err := s.submit(user); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *selector) submit(events ...unix.Kevent_t) error {
	_, err := unix.Kevent(s.queue, events, nil, nil)
	return os.NewSyscallError("kevent", err)
}

func (s *selector) register(d *descriptor) error {
	var both [2]unix.Kevent_t
	unix.SetKevent(&both[0], d.fd, unix.EVFILT_READ, unix.EV_ADD|unix.EV_CLEAR)
	unix.SetKevent(&both[1], d.fd, unix.EVFILT_WRITE, unix.EV_ADD|unix.EV_CLEAR)
	if err := s.submit(both[:]...); err != nil {
		return err
	}
	for len(s.table) <= d.fd {
		s.table = append(s.table, nil)
	}
	s.table[d.fd] = d
	return nil
}

// change says anew, level-triggered, what is to be reported of a descriptor
// that is not the loop's own.
func (s *selector) change(fd int, before, after interest) error {
	for _, f := range []struct {
		interest interest
		filter   int
	}{{readable, unix.EVFILT_READ}, {writable, unix.EVFILT_WRITE}} {
		flags := unix.EV_ADD
		if after&f.interest == 0 {
			if before&f.interest == 0 {
				continue
			}
			flags = unix.EV_DELETE
		}
		var e unix.Kevent_t
		unix.SetKevent(&e, fd, f.filter, flags)
		if err := s.submit(e); err != nil {
			return err
		}
	}
	return nil
}

// forget is for a descriptor about to be closed, by which the kernel forgets
// it as well.
func (s *selector) forget(fd int) { s.table[fd] = nil }

// wake ends a poll in progress, or the next one. It may be called from any
// thread.
func (s *selector) wake() error {
	var user unix.Kevent_t
	unix.SetKevent(&user, 0, unix.EVFILT_USER, 0)
	user.Fflags = unix.NOTE_TRIGGER
	return s.submit(user)
}

// poll tells the descriptors that have become ready, waiting for one up to
// timeout.
func (s *selector) poll(timeout time.Duration) error {
	var limit *unix.Timespec
	if timeout != forever {
		ts := unix.NsecToTimespec(int64(timeout))
		limit = &ts
	}
	n, err := unix.Kevent(s.queue, nil, s.buffer[:], limit)
	if err == unix.EINTR {
		return nil // the next round asks again
	}
	if err != nil {
		return os.NewSyscallError("kevent", err)
	}
	for i := range s.buffer[:n] {
		e := &s.buffer[i]
		if e.Filter == unix.EVFILT_USER {
			continue // a wake-up
		}
		reading := e.Filter == unix.EVFILT_READ
		if int(e.Ident) < len(s.table) && s.table[e.Ident] != nil {
			s.table[e.Ident].report(reading, e.Flags&(unix.EV_EOF|unix.EV_ERROR|unix.EV_OOBAND) != 0)
		} else if f := s.foreign[int(e.Ident)]; f != nil {
			f.ready(reading, !reading)
		} // else it is closed since
	}
	return nil
}

func (d *descriptor) report(reading, ended bool) {
	side := &d.writing
	if reading {
		side = &d.reading
	}
	side.ended = side.ended || ended
	side.ready()
}

func (s *selector) close() error { return os.NewSyscallError("close", unix.Close(s.queue)) }
