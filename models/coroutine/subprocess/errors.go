package subprocess

import (
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
)

// Errors of misuse, within a [*Error].
var (
	ErrRedirection = errors.New("the redirection is not possible for this stream")
	ErrNoStdin     = errors.New("there is input, but stdin is not a pipe to this program")
	ErrLimit       = errors.New("the limit must not be negative")
)

// An Error is a failed operation on a program.
type Error struct {
	Op      string // of this package
	Program string
	Err     error
}

func (e *Error) Error() string { return fmt.Sprintf("subprocess: %s %q: %v", e.Op, e.Program, e.Err) }

// Unwrap gives what went wrong.
func (e *Error) Unwrap() error { return e.Err }

// notFound is also [fs.ErrNotExist], Python's FileNotFoundError, where package
// exec has its own word for a program that is in none of PATH's directories.
func notFound(err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	return err
}
