package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"concbench/measure"
	"concbench/workloads/demo"
)

// play runs the demo, with a page server in another process if it needs one.
// An interrupt ends it in the middle: there is nothing to save.
func play(ctx context.Context, d demo.Demo, stage *demo.Stage) (err error) {
	if d.NeedsPages {
		var stop func() error
		if stage.Pages, stop, err = startPages(ctx); err != nil {
			return fmt.Errorf("demo %s: start the page server: %w", d.Name, err)
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	ended := make(chan error, 1)
	go func() { ended <- d.Run(stage) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return fmt.Errorf("demo %s: %w", d.Name, measure.ErrInterrupted)
	}
}

// startPages runs bench serve and returns where it listens.
func startPages(ctx context.Context) (address string, stop func() error, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	server := exec.CommandContext(ctx, self, "serve")
	server.Stderr = os.Stderr
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		return "", nil, err
	}
	stop = func() error { return errors.Join(server.Cancel(), server.Wait()) }
	line, err := bufio.NewReader(out).ReadString('\n')
	address, said := strings.CutPrefix(strings.TrimSpace(line), "serving http://")
	if err != nil || !said {
		return "", nil, errors.Join(fmt.Errorf("%s serve did not say where it listens", self), stop())
	}
	return strings.TrimSuffix(address, "/"), stop, nil
}
