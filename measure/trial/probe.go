package trial

import (
	"errors"
	"os"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"concbench/internal/cpuclock"
	"concbench/measure/protocol"
	"concbench/results"
)

// A probe measures the one measured part of a trial.
type probe struct {
	runner  *link
	started time.Time // when the runner began to start this process

	begin, end snapshot
	begun      bool
	ended      bool
	runnerCPU  float64 // that the runner had taken at Begin, in seconds
	overhead   float64 // that it took until End, but for readings

	mu      sync.Mutex // guards what follows
	memory  []results.Memory
	reading float64 // CPU seconds of the runner for readings since Begin
	err     error   // the first
}

func newProbe(runner *link, started time.Time) *probe {
	p := &probe{runner: runner, started: started}
	p.begin.prepare()
	p.end.prepare()
	return p
}

// runnerCPU is the CPU time that the runner has taken so far, in seconds.
func runnerCPU() (float64, error) { return cpuclock.Of(os.Getppid()) }

// hush is how long the runner gets to fall asleep after a reply.
const hush = 2 * time.Millisecond

// Begin has the runner read the baseline, and starts the measured part.
func (p *probe) Begin() {
	if p.begun {
		p.fail(errors.New("the workload began its measured part twice"))
		return
	}
	p.begun = true
	p.standard("start")
	p.reading = 0
	var err error
	p.runnerCPU, err = runnerCPU()
	p.fail(err)
	p.fail(p.begin.open())
}

// End ends the measured part.
func (p *probe) End() {
	if !p.begun || p.ended {
		p.fail(errors.New("the workload ended its measured part twice, or before it had begun"))
		return
	}
	p.fail(p.end.close())
	p.ended = true
	now, err := runnerCPU()
	p.fail(err)
	p.overhead = now - p.runnerCPU - p.reading
	p.standard("end")
}

// standard takes a reading that every trial has, where there are readings at all.
func (p *probe) standard(label string) {
	if runtime.GOOS == "linux" {
		_, err := p.Memory(label)
		p.fail(err)
	}
}

// Elapsed is the time between Begin and End, or since Begin.
func (p *probe) Elapsed() time.Duration {
	if p.ended {
		return p.end.time.Sub(p.begin.time)
	}
	return time.Since(p.begin.time)
}

// CPU is the processor time of all threads since Begin, or between Begin and End.
func (p *probe) CPU() time.Duration {
	now, then := p.kernelNow(), p.begin.kernel
	return time.Duration(now.Utime.Nano() - then.Utime.Nano() + now.Stime.Nano() - then.Stime.Nano())
}

// KernelSwitches counts the context switches of all threads since Begin, or
// between Begin and End.
func (p *probe) KernelSwitches() int64 {
	now, then := p.kernelNow(), p.begin.kernel
	return int64(now.Nvcsw - then.Nvcsw + now.Nivcsw - then.Nivcsw)
}

// kernelNow is what the kernel counts now, or counted at End.
func (p *probe) kernelNow() unix.Rusage {
	now := p.end.kernel
	if !p.ended {
		p.fail(unix.Getrusage(unix.RUSAGE_SELF, &now))
	}
	return now
}

// Memory asks the runner to read what this process holds, and lets it fall
// asleep again. What that costs the runner is not counted as overhead: the
// workload, which asked for it, stands still.
func (p *probe) Memory(label string) (results.Memory, error) {
	before, err := runnerCPU()
	p.fail(err)
	reply, err := p.runner.ask(protocol.Message{Memory: label})
	if err != nil {
		return results.Memory{}, err
	}
	time.Sleep(hush)
	after, err := runnerCPU()
	p.fail(err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.memory = append(p.memory, reply.Memory)
	p.reading += after - before
	return reply.Memory, nil
}

func (p *probe) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
}

// fill writes into the record what was measured.
func (p *probe) fill(r *results.Record) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return p.err
	}
	if !p.ended {
		return errors.New("the workload measured nothing")
	}
	r.Usage = p.end.since(&p.begin)
	r.Startup = p.begin.since(&snapshot{time: p.started})
	r.Memory = p.memory
	r.Overhead = p.overhead
	return nil
}
