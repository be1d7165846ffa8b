//go:build !linux

package loopthread

func threadID() int { return 0 }
