// Package files opens what a user names and nothing else than a file.
//
// To open a named pipe waits for its other end, to read a device may never end,
// and a directory fails late and in other words. [Open] refuses all of these at
// once, says what the thing is, and never waits. [Read] also refuses a file that is
// larger than its caller can use, before it takes the memory.
package files

import (
	"fmt"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// Open opens the regular file at path for reading.
func Open(path string) (*os.File, error) { return OpenFile(path, os.O_RDONLY, 0) }

// OpenFile opens the regular file at path as [os.OpenFile] does; one that it
// creates is regular.
func OpenFile(path string, flag int, mode fs.FileMode) (*os.File, error) {
	// To open a device may already do something, so it is looked at before; and
	// after, since it may have been replaced meanwhile.
	if info, err := os.Stat(path); err == nil {
		if err := regular(path, info); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(path, flag|unix.O_NONBLOCK, mode)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = regular(path, info)
	}
	if err != nil {
		_ = f.Close() // nothing was written
		return nil, err
	}
	return f, nil
}

// Read returns what is in the regular file at path, which must not hold more
// than limit bytes.
func Read(path string, limit int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadAll(f, path, limit)
}

// ReadAll is Read of an open file, which path stands for in messages.
func ReadAll(f *os.File, path string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is larger than %s, which is the most that is read of such a file", path, size(limit))
	}
	return data, nil
}

// size is a limit in words: limits are whole numbers of KiB or MiB.
func size(bytes int64) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MiB", bytes>>20)
	}
	return fmt.Sprintf("%d KiB", bytes>>10)
}

func regular(path string, info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return fmt.Errorf("%s is %s, and a file is wanted", path, Kind(info))
}

// Kind is what info tells of, in words: "a file", "a named pipe".
func Kind(info fs.FileInfo) string {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return "a file"
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "neither a file nor a folder"
}
