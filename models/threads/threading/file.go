package threading

import (
	"errors"
	"io"
	"net"
	"os"

	"golang.org/x/sys/unix"

	"concbench/models/threads/internal/socket"
)

// A File is an open file or one end of a pipe. Every call lets the interpreter lock go
// around its system calls, even if these would not block, as CPython's os and io modules
// do. Errors are [*os.PathError].
//
// Close does not end a read or write that is blocked in the kernel. That call returns
// os.ErrClosed in its own time, and only then the descriptor goes back to the kernel.
type File struct {
	descriptor *socket.Descriptor
	name       string
}

// OpenFile opens a file as [os.OpenFile] does.
func (t *Thread) OpenFile(name string, flag int, perm os.FileMode) (*File, error) {
	t = t.release()
	fd, err := retryInt(func() (int, error) {
		return unix.Open(name, flag|unix.O_CLOEXEC, uint32(perm.Perm()))
	})
	t.takeBack()
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	return newFile(fd, name), nil
}

// Open opens a file for reading.
func (t *Thread) Open(name string) (*File, error) { return t.OpenFile(name, os.O_RDONLY, 0) }

// Pipe makes a pipe: what is written to w is read from r.
func (t *Thread) Pipe() (r, w *File, err error) {
	fds, err := socket.Pipe()
	if err != nil {
		return nil, nil, os.NewSyscallError("pipe", err)
	}
	t.Checkpoint()
	return newFile(fds[0], "|0"), newFile(fds[1], "|1"), nil
}

func newFile(fd int, name string) *File {
	return &File{socket.NewDescriptor(fd), name}
}

// Read returns io.EOF at the end of a file, and of a pipe that has no writers.
func (f *File) Read(t *Thread, p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := f.call(t, "read", func(fd int) (int, error) {
		return retryInt(func() (int, error) { return unix.Read(fd, p) })
	})
	if n == 0 && err == nil {
		err = io.EOF
	}
	return n, err
}

// Write writes all of p unless it returns an error.
func (f *File) Write(t *Thread, p []byte) (written int, err error) {
	for written < len(p) && err == nil {
		var n int
		n, err = f.call(t, "write", func(fd int) (int, error) {
			return retryInt(func() (int, error) { return unix.Write(fd, p[written:]) })
		})
		written += n
	}
	return written, err
}

// Seek sets where the next Read or Write begins, as [io.Seeker] tells.
func (f *File) Seek(t *Thread, offset int64, whence int) (position int64, err error) {
	_, err = f.call(t, "seek", func(fd int) (int, error) {
		position, err = unix.Seek(fd, offset, whence)
		return 0, err
	})
	return position, err
}

// Close closes the file. A second Close is os.ErrClosed.
func (f *File) Close(t *Thread) error {
	t = t.release()
	err := f.descriptor.Close()
	t.retake()
	return f.pathError("close", err)
}

// Name is the name that the file was opened with.
func (f *File) Name() string { return f.name }

// With is the file for code that knows no handles. Only t uses it.
func (f *File) With(t *Thread) io.ReadWriteCloser { return fileOf{f, t} }

type fileOf struct {
	file   *File
	thread *Thread
}

func (f fileOf) Read(p []byte) (int, error)  { return f.file.Read(f.thread, p) }
func (f fileOf) Write(p []byte) (int, error) { return f.file.Write(f.thread, p) }
func (f fileOf) Close() error                { return f.file.Close(f.thread) }

// call makes a system call on the descriptor without the interpreter lock.
func (f *File) call(t *Thread, op string, system func(fd int) (int, error)) (int, error) {
	t = t.release()
	n, err := f.descriptor.During(system)
	t.retake()
	return max(n, 0), f.pathError(op, err)
}

func (f *File) pathError(op string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, net.ErrClosed) {
		err = os.ErrClosed
	}
	return &os.PathError{Op: op, Path: f.name, Err: err}
}

// retryInt repeats a system call that a signal interrupts before it has done anything, as
// CPython has done since 3.5.
func retryInt(system func() (int, error)) (int, error) {
	for {
		n, err := system()
		if err != unix.EINTR {
			return n, err
		}
	}
}
