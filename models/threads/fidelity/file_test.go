package fidelity

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"concbench/models/internal/traces"
	"concbench/models/threads/threading"
)

func file01Pipe(out *traces.Output, t *threading.Thread) error {
	reader, writer, err := t.Pipe()
	check(err)
	var got string
	waiting := spawn(t, func(t *threading.Thread) error {
		got = reads(t, reader, 10)
		return nil
	})
	calls(out, "write:", int64(must(writer.Write(t, []byte("hello")))), nil)
	join(t, waiting)
	out.Print("read:", got)
	written := func(what string, f *threading.File, text string) {
		n, err := f.Write(t, []byte(text))
		calls(out, what, int64(n), err)
	}
	written("write:", writer, "more")
	out.Print("in parts:", reads(t, reader, 2), reads(t, reader, 10))
	written("write nothing:", writer, "")
	out.Print("read nothing:", len(reads(t, reader, 0)))
	seeks(out, t, "seek:", reader, 0, io.SeekStart)
	written("write to the reader:", reader, "x")
	fails(out, "read from the writer:", readError(t, writer))
	fails(out, "close the writer:", writer.Close(t))
	out.Print("at the end:", len(reads(t, reader, 10)))
	fails(out, "close the reader:", reader.Close(t))
	fails(out, "close it again:", reader.Close(t))
	fails(out, "read it:", readError(t, reader))

	reader, writer, err = t.Pipe()
	check(err)
	check(reader.Close(t))
	written("nobody reads:", writer, "x")
	return writer.Close(t)
}

func file02Regular(out *traces.Output, t *threading.Thread) error {
	folder := must(os.MkdirTemp("", "twin"))
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "file")
	opens := func(what, path string, flag int) {
		_, err := t.OpenFile(path, flag, 0o600)
		fails(out, what, err)
	}
	const exclusive = os.O_RDWR | os.O_CREATE | os.O_EXCL
	opens("missing:", path, os.O_RDONLY)
	opens("no folder:", filepath.Join(path, "file"), os.O_RDWR|os.O_CREATE)
	file := must(t.OpenFile(path, exclusive, 0o600))
	opens("there already:", path, exclusive)
	opens("in a file:", filepath.Join(path, "file"), os.O_RDONLY)
	opens("a folder:", folder, os.O_WRONLY)
	calls(out, "write:", int64(must(file.Write(t, []byte("0123456789")))), nil)
	seeks(out, t, "seek:", file, 3, io.SeekStart)
	out.Print("read:", reads(t, file, 4))
	seeks(out, t, "on:", file, 1, io.SeekCurrent)
	out.Print("read:", reads(t, file, 100))
	out.Print("at the end:", len(reads(t, file, 1)))
	seeks(out, t, "beyond it:", file, 5, io.SeekEnd)
	out.Print("there:", len(reads(t, file, 1)))
	seeks(out, t, "before the beginning:", file, -1, io.SeekStart)
	seeks(out, t, "from nowhere:", file, 0, 99)
	check(file.Close(t))
	seeks(out, t, "seek when closed:", file, 0, io.SeekStart)

	file = must(t.Open(path))
	_, err := file.Write(t, []byte("x"))
	fails(out, "write to what is read:", err)
	check(file.Close(t))
	file = must(t.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0))
	fails(out, "read what is written:", readError(t, file))
	seeks(out, t, "it is empty:", file, 0, io.SeekEnd)
	return file.Close(t)
}

// reads is os.read, which has no error for the end.
func reads(t *threading.Thread, f *threading.File, n int) string {
	p := make([]byte, n)
	n, err := f.Read(t, p)
	if err != io.EOF {
		check(err)
	}
	return string(p[:n])
}

func readError(t *threading.Thread, f *threading.File) error {
	_, err := f.Read(t, make([]byte, 1))
	return err
}

func seeks(out *traces.Output, t *threading.Thread, what string, f *threading.File, offset int64, whence int) {
	position, err := f.Seek(t, offset, whence)
	calls(out, what, position, err)
}

// calls prints the answer of a system call, or the OSError that it raises.
func calls(out *traces.Output, what string, answer int64, err error) {
	if err != nil {
		fails(out, what, err)
		return
	}
	out.Print(what, answer)
}

// fails prints the OSError, or None.
func fails(out *traces.Output, what string, err error) {
	if err == nil {
		out.Print(what, nil)
		return
	}
	errno := syscall.EBADF // for Python a closed file is a number that is nobody's
	if !errors.Is(err, os.ErrClosed) && !errors.As(err, &errno) {
		panic(err)
	}
	kinds := map[syscall.Errno]string{
		syscall.ENOENT: "FileNotFoundError", syscall.EEXIST: "FileExistsError", syscall.EISDIR: "IsADirectoryError",
		syscall.ENOTDIR: "NotADirectoryError", syscall.EPIPE: "BrokenPipeError",
	}
	kind := kinds[errno]
	if kind == "" {
		kind = "OSError"
	}
	out.Print(what, kind, int(errno))
}
