package subprocess

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"concbench/models/coroutine"
	"concbench/models/internal/leaktest"
)

// run runs main on a loop of its own. No goroutine and no descriptor may be
// left.
func run(t *testing.T, main func(t *coroutine.Task) error) {
	t.Helper()
	defer leaktest.NothingLeft(t)()
	_, err := coroutine.Run(t.Context(), func(task *coroutine.Task) (coroutine.None, error) {
		return coroutine.None{}, main(task)
	})
	if err != nil {
		t.Errorf("main: %v", err)
	}
}

func expectCode(t *testing.T, p *Process, want int) {
	t.Helper()
	if code, ended := p.ReturnCode(); !ended || code != want {
		t.Errorf("ReturnCode = %d, %v, want %d", code, ended, want)
	}
}

func TestOutputsAndReturnCode(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Shell(task, Options{Stdout: Pipe, Stderr: Pipe}, "echo fine; echo trouble >&2; exit 5")
		if err != nil {
			return err
		}
		if code, ended := p.ReturnCode(); ended {
			t.Errorf("ReturnCode of a program just started = %d, true", code)
		}
		out, errs, err := p.Communicate(task, nil)
		if string(out) != "fine\n" || string(errs) != "trouble\n" {
			t.Errorf("stdout %q, stderr %q", out, errs)
		}
		expectCode(t, p, 5)
		return err
	})
}

// More than all buffers hold goes in and comes out again.
func TestCommunicateDoesNotStick(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Exec(task, Options{Stdin: Pipe, Stdout: Pipe, Limit: 1000}, "cat")
		if err != nil {
			return err
		}
		input := bytes.Repeat([]byte("through the pipe\n"), 50_000)
		out, errs, err := p.Communicate(task, input)
		if !bytes.Equal(out, input) || errs != nil {
			t.Errorf("%d bytes went in, %d came out; stderr %q", len(input), len(out), errs)
		}
		expectCode(t, p, 0)
		return err
	})
}

func TestInputThatNobodyWants(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Exec(task, Options{Stdin: Pipe}, "true")
		if err != nil {
			return err
		}
		_, _, err = p.Communicate(task, make([]byte, 1<<20))
		expectCode(t, p, 0)
		return err
	})
}

// With the program its end of stdin is gone, and so is ours.
func TestStdinIsClosedAtTheEnd(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Exec(task, Options{Stdin: Pipe}, "true")
		if err != nil {
			return err
		}
		if _, err := p.Wait(task); err != nil {
			return err
		}
		if _, err := p.Stdin.Write([]byte("x")); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Write after the end = %v", err)
		}
		return nil
	})
}

func TestSignals(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		for want, send := range map[int]func(*Process) error{
			-15: (*Process).Terminate,
			-9:  (*Process).Kill,
			-10: func(p *Process) error { return p.Signal(syscall.Signal(10)) },
		} {
			p, err := Exec(task, Options{}, "sleep", "60")
			if err != nil {
				return err
			}
			if err := send(p); err != nil {
				t.Error(err)
			}
			if code, err := p.Wait(task); code != want || err != nil {
				t.Errorf("Wait = %d, %v, want %d", code, err, want)
			}
			if err := send(p); !errors.Is(err, os.ErrProcessDone) {
				t.Errorf("a signal after the end = %v", err)
			}
			if code, err := p.Wait(task); code != want || err != nil {
				t.Errorf("Wait after the end = %d, %v", code, err)
			}
		}
		return nil
	})
}

// Who stops waiting does not stop the program, nor anybody else's wait.
func TestCancelledWaitDoesNotKill(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Exec(task, Options{Stdin: Pipe}, "cat")
		if err != nil {
			return err
		}
		wait := func(task *coroutine.Task) (int, error) { return p.Wait(task) }
		gone, stays := coroutine.CreateTask(task, wait), coroutine.CreateTask(task, wait)
		task.Yield()
		gone.Cancel()
		if err := gone.Join(task); !errors.Is(err, coroutine.ErrCancelled) {
			t.Errorf("a cancelled Wait = %v", err)
		}
		if _, ended := p.ReturnCode(); ended {
			t.Error("the program has ended")
		}
		p.Stdin.Close()
		if code, err := stays.Await(task); code != 0 || err != nil {
			t.Errorf("the other Wait = %d, %v", code, err)
		}
		return nil
	})
}

func TestCancelledCommunicateDoesNotKill(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Shell(task, Options{Stdout: Pipe}, "echo said; exec sleep 60")
		if err != nil {
			return err
		}
		talks := task.Start("talks", func(task *coroutine.Task) error {
			_, _, err := p.Communicate(task, nil)
			return err
		})
		for range 3 {
			task.Yield()
		}
		talks.Cancel()
		if err := talks.Join(task); !errors.Is(err, coroutine.ErrCancelled) {
			t.Errorf("a cancelled Communicate = %v", err)
		}
		if _, ended := p.ReturnCode(); ended {
			t.Error("the program has ended")
		}
		if line, err := p.Stdout.ReadLine(task); string(line) != "said\n" || err != nil {
			t.Errorf("what was said before the cancel is %q, %v", line, err)
		}
		if err := p.Kill(); err != nil {
			return err
		}
		_, err = p.Wait(task)
		return err
	})
}

// Wait lasts until the outputs end, which may be held open by others.
func TestWaitIsForTheOutputsToo(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		readEnd, writeEnd, err := os.Pipe()
		if err != nil {
			return err
		}
		defer readEnd.Close()
		// The grandchild has the output until its own input ends. A shell gives those
		// in the background no stdin.
		p, err := Shell(task, Options{Stdin: File(readEnd), Stdout: Pipe}, "exec 3<&0; { cat >/dev/null <&3; echo late; } & exit 3")
		if err != nil {
			return err
		}
		wait := coroutine.CreateTask(task, p.Wait)
		for {
			if _, ended := p.ReturnCode(); ended {
				break
			}
			if err := task.Sleep(time.Millisecond); err != nil {
				return err
			}
		}
		for range 5 {
			task.Yield()
		}
		if wait.Done() {
			t.Error("Wait has returned although the output is open")
		}
		writeEnd.Close()
		if code, err := wait.Await(task); code != 3 || err != nil {
			t.Errorf("Wait = %d, %v", code, err)
		}
		out, err := p.Stdout.ReadAll(task) // was read ahead
		if string(out) != "late\n" {
			t.Errorf("the output is %q", out)
		}
		return err
	})
}

func TestRedirections(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run(t, func(task *coroutine.Task) error {
		p, err := Shell(task, Options{Stdin: DevNull, Stdout: Pipe, Stderr: ToStdout}, "cat; echo out; echo err >&2")
		if err != nil {
			return err
		}
		out, _, err := p.Communicate(task, nil)
		if string(out) != "out\nerr\n" || p.Stdin != nil || p.Stderr != nil {
			t.Errorf("stdout and stderr together: %q", out)
		}
		if err != nil {
			return err
		}
		p, err = Shell(task, Options{Stdout: File(f), Stderr: DevNull, Dir: "/", Env: []string{"WORD=word"}}, `pwd; echo "$WORD"; echo err >&2`)
		if err != nil {
			return err
		}
		_, err = p.Wait(task)
		if written, _ := os.ReadFile(path); string(written) != "/\nword\n" {
			t.Errorf("in the file: %q", written)
		}
		return err
	})
}

func TestWhatCannotBeStarted(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		pipes := Options{Stdin: Pipe, Stdout: Pipe, Stderr: Pipe}
		descriptors := leaktest.Descriptors(t)
		for name, want := range map[string]error{
			"no-such-program-of-concbench":  fs.ErrNotExist,
			"/no/such/program/of/concbench": fs.ErrNotExist,
			"":                              fs.ErrNotExist,
			"/etc/passwd":                   fs.ErrPermission,
			"nul\x00":                       fs.ErrNotExist,
		} {
			p, err := Exec(task, pipes, name)
			var typed *Error
			if p != nil || !errors.Is(err, want) || !errors.As(err, &typed) {
				t.Errorf("Exec of %q = %v", name, err)
			}
		}
		for want, o := range map[error]Options{
			fs.ErrNotExist: {Stdout: Pipe, Dir: "/no/such/directory"},
			ErrLimit:       {Stdout: Pipe, Limit: -1},
			ErrRedirection: {Stdin: Pipe, Stdout: ToStdout},
			os.ErrInvalid:  {Stdin: Pipe, Stdout: File(nil)},
		} {
			if want == os.ErrInvalid {
				want = ErrRedirection
			}
			if _, err := Exec(task, o, "true"); !errors.Is(err, want) {
				t.Errorf("Exec with %+v = %v, want %v", o, err, want)
			}
		}
		if _, err := Exec(task, Options{}, "true", "nul\x00"); err == nil {
			t.Error("Exec with a NUL in an argument returned no error")
		}
		if after := leaktest.Descriptors(t); after != descriptors {
			t.Errorf("%d descriptors are open, %d were before", after, descriptors)
		}
		return nil
	})
}

func TestMisuse(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		other := task.Start("other", func(*coroutine.Task) error {
			_, err := Exec(task, Options{}, "true")
			return err
		})
		if err := other.Join(task); !errors.Is(err, coroutine.ErrNotCurrent) {
			t.Errorf("Exec with another task's handle = %v", err)
		}
		p, err := Exec(task, Options{Stdout: Pipe}, "sleep", "60")
		if err != nil {
			return err
		}
		if _, _, err := p.Communicate(task, []byte("input")); !errors.Is(err, ErrNoStdin) {
			t.Errorf("Communicate with input and no stdin = %v", err)
		}
		p.Kill()
		_, err = p.Wait(task)
		return err
	})
}

// A program that has more to say than what is read ahead waits for a reader.
func TestMuchOutputIsReadInTheEnd(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Shell(task, Options{Stdout: Pipe, Limit: 1000}, "yes | head -c 1000000")
		if err != nil {
			return err
		}
		line, err := p.Stdout.ReadLine(task)
		if string(line) != "y\n" || err != nil {
			t.Errorf("the first line is %q, %v", line, err)
		}
		out, err := p.Stdout.ReadAll(task)
		if len(out) != 999_998 || strings.Trim(string(out), "y\n") != "" || err != nil {
			t.Errorf("%d bytes came, %v", len(out), err)
		}
		_, err = p.Wait(task)
		return err
	})
}

// A conversation through the streams: the loop has no tasks but the caller's.
func TestStreams(t *testing.T) {
	run(t, func(task *coroutine.Task) error {
		p, err := Exec(task, Options{Stdin: Pipe, Stdout: Pipe, Stderr: Pipe}, "cat")
		if err != nil {
			return err
		}
		for _, line := range []string{"first\n", "second\n"} {
			if err := p.Stdin.WriteLines([]byte(line)); err != nil {
				return err
			}
			if got, err := p.Stdout.ReadLine(task); string(got) != line || err != nil {
				t.Errorf("%q went in, %q came out, %v", line, got, err)
			}
		}
		if all := task.Loop().AllTasks(); len(all) != 1 {
			t.Errorf("the loop has %d tasks", len(all))
		}
		if err := p.Stdin.WriteEOF(); err != nil {
			return err
		}
		if got, err := p.Stdout.Read(task, -1); len(got) != 0 || err != nil {
			t.Errorf("after the end came %q, %v", got, err)
		}
		if err := p.Stdin.WaitClosed(task); err != nil {
			t.Errorf("WaitClosed = %v", err)
		}
		_, err = p.Wait(task)
		return err
	})
}

// A loop that is closed leaves the program alone, and its end is not lost.
func TestLoopClosedBeforeTheProgramEnds(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	p, err := coroutine.Run(t.Context(), func(task *coroutine.Task) (*Process, error) {
		return Exec(task, Options{Stdin: Pipe, Stdout: Pipe}, "sleep", "60")
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Kill(); err != nil {
		t.Errorf("Kill after the loop was closed = %v", err)
	}
}

func TestNoTask(t *testing.T) {
	_, execErr := Exec(nil, Options{}, "true")
	_, shellErr := Shell(nil, Options{}, "true")
	for op, err := range map[string]error{"Exec": execErr, "Shell": shellErr} {
		var failed *Error
		if !errors.As(err, &failed) || failed.Op != op || !errors.Is(err, coroutine.ErrNotCurrent) {
			t.Errorf("%s = %v", op, err)
		}
	}
}
