//go:build !linux

package measure

func forbidAffinity() { panic("only Linux has seccomp") }
