//go:build !linux

package loopthread

func threadID() int32 { return 0 }
