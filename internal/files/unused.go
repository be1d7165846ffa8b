package files

import (
	"errors"
	"fmt"
	"io/fs"
)

// Unused creates something under the first of name, name-2, name-3 and so on
// that nobody has, and returns that name. Create must fail with [fs.ErrExist] on a
// name that is taken, so that two processes never get the same.
func Unused(name string, create func(string) error) (string, error) {
	free := name
	for n := 2; ; n++ {
		err := create(free)
		if !errors.Is(err, fs.ErrExist) {
			return free, err
		}
		free = fmt.Sprintf("%s-%d", name, n)
	}
}
