// Package subprocess runs other programs from the tasks of a loop of package
// coroutine, as asyncio.subprocess does.
//
//	p, err := subprocess.Exec(t, subprocess.Options{Stdout: subprocess.Pipe}, "date")
//	if err != nil {
//		return err
//	}
//	out, _, err := p.Communicate(t, nil)
//
// # How it works
//
// The program is started on the loop's thread, which stands still until the
// kernel has loaded it or could not: so a program that does not exist is an error
// of the call itself. Its pipes are non-blocking connections of the loop, with the
// readers and writers of package streams. The loop reads the outputs ahead, up to
// a limit, so that a program with little to say ends whether or not anybody
// listens. A thread waits for its end, as under asyncio's default watcher, and
// tells the loop.
//
// # What it will not do
//
// It does not end a program when a task that waits for it is cancelled, when a
// timeout is over, or when the loop is closed: [Process.Kill] does. A program whose
// output is neither read nor short waits for a reader, and [Process.Wait] with
// it; [Process.Communicate] reads.
package subprocess
