//go:build !linux

package goroutine

import (
	"errors"
	"fmt"
)

// Pin implements [models.Pinner]; only Linux can do it.
func (t *Task) Pin(cpu int) error {
	return fmt.Errorf("pin to processor %d: %w on this system", cpu, errors.ErrUnsupported)
}
