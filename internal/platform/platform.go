package platform

import (
	"errors"
	"runtime"
)

// ErrUnsupported says that this operating system has no such thing.
var ErrUnsupported = errors.New("not on " + runtime.GOOS)
