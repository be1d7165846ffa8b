package loopthread

import "golang.org/x/sys/unix"

func threadID() int32 { return int32(unix.Gettid()) }
