package threading

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"concbench/models/threads/limits"
)

// stopEnv tells a child process of the test below what to do.
const stopEnv = "CONCBENCH_TEST_STOP"

// A process with 10,000 parked threads ends well when it is asked to stop: it gives up
// daemons, and tells the other threads to end and joins them.
func TestStopWithThreadsParked(t *testing.T) {
	if kind := os.Getenv(stopEnv); kind != "" {
		stopChild(t, kind == "daemons", crowdToStop())
		return
	}
	if c := limits.System(); c.Threads < 2*crowdToStop() {
		t.Skip(c.Check(2*crowdToStop(), "child"))
	}
	for _, kind := range []string{"daemons", "joined"} {
		t.Run(kind, func(t *testing.T) {
			child := exec.Command(os.Args[0], "-test.run=^TestStopWithThreadsParked$", fmt.Sprintf("-test.short=%v", testing.Short()))
			child.Env = append(os.Environ(), stopEnv+"="+kind)
			var complaints bytes.Buffer
			child.Stderr = &complaints
			stdout, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			var told []string
			for lines := bufio.NewScanner(stdout); lines.Scan(); {
				told = append(told, lines.Text())
				if lines.Text() == "parked" {
					child.Process.Signal(syscall.SIGTERM)
				}
			}
			if err := child.Wait(); err != nil || !strings.HasPrefix(strings.Join(told, "\n"), "parked\nended <nil>") {
				t.Errorf("the child told %q and ended with %v\n%s", told, err, &complaints)
			}
		})
	}
}

func crowdToStop() int {
	if testing.Short() {
		return 500
	}
	return 10_000
}

// stopChild parks n threads and waits for the signal.
func stopChild(t *testing.T, daemons bool, n int) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	err := mustInterpreter(t, "").Run(func(main *Thread) error {
		gate, err := NewSemaphore(0)
		if err != nil {
			return err
		}
		for range n {
			_, err := started(main, func(t *Thread) error {
				return errors.Join(gate.Acquire(t), gate.Release(t)) // one tells the next
			}, Daemon(daemons))
			if err != nil {
				return err
			}
		}
		fmt.Println("parked")
		main.Block(func() error { <-asked; return nil })
		if daemons {
			return nil
		}
		return gate.Release(main)
	})
	fmt.Println("ended", err)
}
