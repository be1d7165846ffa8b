package fidelity

import (
	"strings"

	"concbench/models/coroutine"
	"concbench/models/coroutine/subprocess"
)

func subprocess01Run(out *output) error {
	code := func(p *subprocess.Process) any {
		if code, ended := p.ReturnCode(); ended {
			return code
		}
		return nil
	}
	orDash := func(text []byte) string {
		if stripped := strings.TrimSpace(string(text)); stripped != "" {
			return stripped
		}
		return "-"
	}
	run := func(t *coroutine.Task, cmd string) error {
		p, err := subprocess.Shell(t, subprocess.Options{Stdout: subprocess.Pipe, Stderr: subprocess.Pipe}, cmd)
		if err != nil {
			return err
		}
		stdout, stderr, err := p.Communicate(t, nil)
		if err != nil {
			return err
		}
		out.print("exited with", code(p))
		out.print("stdout:", orDash(stdout), "| stderr:", orDash(stderr))
		return nil
	}
	return asyncioRun(func(t *coroutine.Task) error {
		if err := run(t, "echo hello"); err != nil {
			return err
		}
		if err := run(t, "echo trouble >&2; exit 5"); err != nil {
			return err
		}
		p, err := subprocess.Exec(t, subprocess.Options{Stdin: subprocess.Pipe, Stdout: subprocess.Pipe}, "cat")
		if err != nil {
			return err
		}
		text, _, err := p.Communicate(t, []byte("through the pipe"))
		if err != nil {
			return err
		}
		out.print("cat:", text, code(p))
		p, err = subprocess.Exec(t, subprocess.Options{}, "sleep", "60")
		if err != nil {
			return err
		}
		out.print("returncode while it runs:", code(p))
		ok(p.Terminate())
		out.print("terminated:", must(p.Wait(t)))
		return nil
	})
}
