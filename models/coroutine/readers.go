package coroutine

import (
	"errors"
	"fmt"
	"math"

	"golang.org/x/sys/unix"
)

// A foreign descriptor is one that the loop does not own and that somebody has
// set callbacks on. It is watched level-triggered: its callbacks are queued in
// every round in which it is ready.
type foreign struct {
	loop           *Loop
	reader, writer *foreignHandle // nil if there is none
}

type foreignHandle struct {
	Handle
	ofTask bool // set by SockRecv or its like, and nobody else's to replace
}

// interest is what is to be reported of a foreign descriptor.
type interest uint8

const (
	readable interest = 1 << iota
	writable
)

// Errors of descriptors, within a [*DescriptorError].
var (
	ErrOwnedDescriptor = errors.New("the descriptor belongs to a connection or listener of the loop: use that")
	ErrBusyDescriptor  = errors.New("somebody waits for this side of the descriptor already")
	ErrBlocking        = errors.New("the socket must be non-blocking")
)

// A DescriptorError is a failed operation on a descriptor that the loop does
// not own.
type DescriptorError struct {
	Op  string
	FD  int
	Err error // one of this package's, or an [*os.SyscallError]
}

func (e *DescriptorError) Error() string {
	return fmt.Sprintf("coroutine: %s of descriptor %d: %v", e.Op, e.FD, e.Err)
}

// Unwrap gives what is wrong.
func (e *DescriptorError) Unwrap() error { return e.Err }

// AddReader has fn called in every round in which the descriptor can be read
// without blocking, or has come to its end. It replaces an earlier callback.
// The descriptor stays the caller's, who removes the callback before closing
// it. One that cannot be watched is refused by the kernel, within a
// [*DescriptorError]: EBADF if it is closed, EPERM if it is a regular file,
// which never blocks for long and is read in the executor. Without a function the
// error is [ErrNoFunction].
func (l *Loop) AddReader(fd int, fn func()) error {
	return l.addForeign("AddReader", fd, readable, &foreignHandle{Handle: Handle{call: fn}})
}

// AddWriter is AddReader for writing.
func (l *Loop) AddWriter(fd int, fn func()) error {
	return l.addForeign("AddWriter", fd, writable, &foreignHandle{Handle: Handle{call: fn}})
}

// RemoveReader takes the callback of AddReader back, also one that has been
// queued. It reports false if there was none.
func (l *Loop) RemoveReader(fd int) bool { return l.removeForeign(fd, readable, false) }

// RemoveWriter takes the callback of AddWriter back; see RemoveReader.
func (l *Loop) RemoveWriter(fd int) bool { return l.removeForeign(fd, writable, false) }

func (l *Loop) addForeign(op string, fd int, side interest, h *foreignHandle) error {
	if err := l.checkCall(op, h.call); err != nil {
		return err
	}
	f, err := l.selector.foreigner(l, fd)
	if err != nil {
		return &DescriptorError{op, fd, err}
	}
	slot, before := f.slot(side), f.interest()
	old := *slot
	if old != nil && (old.ofTask || h.ofTask) {
		return &DescriptorError{op, fd, ErrBusyDescriptor}
	}
	if err := l.selector.change(fd, before, before|side); err != nil {
		return &DescriptorError{op, fd, err}
	}
	*slot = h
	l.selector.foreign[fd] = f
	if old != nil {
		old.Cancel()
	} else {
		l.selector.waits++
	}
	l.asking.now()
	return nil
}

// foreigner is what is known of fd, perhaps nothing yet.
func (s *selector) foreigner(l *Loop, fd int) (*foreign, error) {
	if fd < 0 || fd > math.MaxInt32 { // the kernel would look at the lower half only
		return nil, unix.EBADF
	}
	if s.owns(fd) {
		return nil, ErrOwnedDescriptor
	}
	if s.foreign == nil {
		s.foreign = map[int]*foreign{}
	}
	if f := s.foreign[fd]; f != nil {
		return f, nil
	}
	return &foreign{loop: l}, nil
}

func (l *Loop) removeForeign(fd int, side interest, ofTask bool) bool {
	f := l.selector.foreign[fd]
	if f == nil {
		return false
	}
	slot, before := f.slot(side), f.interest()
	if *slot == nil || (*slot).ofTask != ofTask {
		return false
	}
	(*slot).Cancel()
	*slot = nil
	l.selector.waits--
	after := f.interest()
	l.selector.change(fd, before, after) // it may be closed by now, and be forgotten by the kernel
	if after == 0 {
		delete(l.selector.foreign, fd)
	}
	return true
}

// disown forgets callbacks on a descriptor that has been closed without
// removing them, now that its number is one of the loop's own.
func (l *Loop) disown(fd int) {
	if f := l.selector.foreign[fd]; f != nil {
		for _, side := range []interest{readable, writable} {
			if h := *f.slot(side); h != nil {
				l.removeForeign(fd, side, h.ofTask)
			}
		}
	}
}

func (f *foreign) slot(side interest) **foreignHandle {
	if side == readable {
		return &f.reader
	}
	return &f.writer
}

func (f *foreign) interest() (i interest) {
	if f.reader != nil {
		i |= readable
	}
	if f.writer != nil {
		i |= writable
	}
	return i
}

// ready queues the callbacks.
func (f *foreign) ready(reading, writing bool) {
	if reading && f.reader != nil {
		f.loop.ready.Push(&f.reader.Handle)
	}
	if writing && f.writer != nil {
		f.loop.ready.Push(&f.writer.Handle)
	}
	f.loop.asking.again = true
}

func (s *selector) owns(fd int) bool { return fd >= 0 && fd < len(s.table) && s.table[fd] != nil }
