//go:build !linux

package measure

import "syscall"

// There is no Pdeathsig here: a child of a runner that was killed ends when it
// next speaks to it.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
