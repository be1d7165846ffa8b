package platform

import (
	"errors"
	"fmt"
	"runtime"
)

// ErrUnsupported says that this operating system has no such thing.
var ErrUnsupported = errors.New("not on " + runtime.GOOS)

func unsupported(what string) error { return fmt.Errorf("%s: %w", what, ErrUnsupported) }
