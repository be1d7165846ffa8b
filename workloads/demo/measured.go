package demo

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"concbench/results"
	"concbench/workloads"
)

var download = Demo{
	Name:  "download",
	Doc:   "Seven pages, each after a delay of about half a second",
	Forms: []string{"native", "executor"}, NeedsPages: true,
	words: map[string]string{
		"coroutine": "form=native: non-blocking sockets and the loop's own poller; form=executor: a blocking client in the loop's executor.",
		"threads":   "A thread for each page, which gives up the interpreter lock while its socket blocks, in both forms: there is no executor to hand to.",
		"goroutine": "A goroutine for each page, parked by the runtime's poller, in both forms: there is no executor to hand to.",
		"serial":    "One page after another.",
	},
	play: func(s *Stage) error {
		if s.Pages == "" {
			return errors.New("no page server: start one with bench serve and give its address")
		}
		return s.workload("Download", map[string]string{"form": s.Form})
	},
}

var factorial = Demo{
	Name: "factorial",
	Doc:  "Factorials of 2, 3 and 4, with a second before each further step",
	words: map[string]string{
		"coroutine": "A, B and C are tasks of the loop and take turns in the order in which they were started.",
		"threads":   "A, B and C are threads; who speaks first within a second is the kernel's choice.",
		"goroutine": "A, B and C are goroutines; who speaks first within a second is the Go scheduler's choice.",
		"serial":    "A, B and C run one after another.",
	},
	play: func(s *Stage) error {
		return s.workload("Factorial", map[string]string{"form": "steps", "numbers": "2,3,4"})
	},
}

// workload plays a workload that prints as it goes, and checks its ledger.
func (s *Stage) workload(name string, given map[string]string) error {
	w, err := workloads.Find(name)
	if err != nil {
		return err
	}
	params, err := w.Resolve(given)
	if err != nil {
		return err
	}
	t := &workloads.Trial{
		Model:  s.Model,
		Params: workloads.Params(params),
		Scale:  s.Scale,
		Seed:   1,
		Pages:  s.Pages,
		Output: lines{s},
		Probe:  noProbe{},
	}
	want, err := w.Expect(t)
	if err != nil {
		return err
	}
	s.begin = time.Now()
	if err := w.Run(t); err != nil {
		return err
	}
	if t.Work != want {
		return fmt.Errorf("the work is not what it should be: did %+v, not %+v", t.Work, want)
	}
	return nil
}

// lines says each line that is written to it; workloads write whole lines.
type lines struct{ s *Stage }

func (l lines) Write(b []byte) (int, error) {
	l.s.say("%s", bytes.TrimSuffix(b, []byte("\n")))
	return len(b), nil
}

// noProbe measures nothing.
type noProbe struct{}

func (noProbe) Begin()                 {}
func (noProbe) End()                   {}
func (noProbe) Elapsed() time.Duration { return 0 }
func (noProbe) CPU() time.Duration     { return 0 }
func (noProbe) KernelSwitches() int64  { return 0 }

func (noProbe) Memory(string) (results.Memory, error) {
	return results.Memory{}, errors.New("memory is not measured in a demo")
}
