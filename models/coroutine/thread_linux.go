package coroutine

import "golang.org/x/sys/unix"

func threadID() int { return unix.Gettid() }

// minimizeTimerSlack is for the calling thread. The kernel refuses nothing here.
func minimizeTimerSlack() { unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0) }
