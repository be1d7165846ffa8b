package coroutine

// threadID is 0: darwin tells a thread's number only through libSystem, which
// needs cgo. The thread is locked all the same, but not checked.
func threadID() int { return 0 }

func minimizeTimerSlack() {}
