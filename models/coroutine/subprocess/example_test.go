package subprocess_test

import (
	"context"
	"fmt"

	"concbench/models/coroutine"
	"concbench/models/coroutine/subprocess"
)

// A conversation through the streams of a program.
func ExampleProcess() {
	_, err := coroutine.Run(context.Background(), func(t *coroutine.Task) (coroutine.None, error) {
		cat, err := subprocess.Exec(t, subprocess.Options{Stdin: subprocess.Pipe, Stdout: subprocess.Pipe}, "cat")
		if err != nil {
			return coroutine.None{}, err
		}
		for _, line := range []string{"one\n", "two\n"} {
			cat.Stdin.Write([]byte(line))
			if err := cat.Stdin.Drain(t); err != nil {
				return coroutine.None{}, err
			}
			answer, err := cat.Stdout.ReadLine(t)
			if err != nil {
				return coroutine.None{}, err
			}
			fmt.Printf("%s", answer)
		}
		cat.Stdin.Close()
		code, err := cat.Wait(t)
		fmt.Println("code", code)
		return coroutine.None{}, err
	})
	if err != nil {
		fmt.Println("error:", err)
	}
	// Output:
	// one
	// two
	// code 0
}

// Input through a pipe, the output, the return code, and a signal.
func ExampleExec() {
	_, err := coroutine.Run(context.Background(), func(t *coroutine.Task) (coroutine.None, error) {
		cat, err := subprocess.Exec(t, subprocess.Options{Stdin: subprocess.Pipe, Stdout: subprocess.Pipe}, "cat")
		if err != nil {
			return coroutine.None{}, err
		}
		out, _, err := cat.Communicate(t, []byte("through the pipe"))
		if err != nil {
			return coroutine.None{}, err
		}
		code, ended := cat.ReturnCode()
		fmt.Printf("%s, %d %v\n", out, code, ended)

		sleep, err := subprocess.Shell(t, subprocess.Options{}, "exec sleep 60")
		if err != nil {
			return coroutine.None{}, err
		}
		if err := sleep.Terminate(); err != nil {
			return coroutine.None{}, err
		}
		code, err = sleep.Wait(t)
		fmt.Println("terminated:", code)
		return coroutine.None{}, err
	})
	if err != nil {
		fmt.Println("error:", err)
	}
	// Output:
	// through the pipe, 0 true
	// terminated: -15
}
