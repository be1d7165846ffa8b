package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"concbench/internal/platform"
	"concbench/measure"
	"concbench/results"
)

func newDoctor() *cobra.Command {
	var most int
	doctor := &cobra.Command{
		Use:   "doctor",
		Short: "Say whether this machine is fit to measure on, and what to change",
		Long: `doctor looks at what makes numbers unsteady or unfair: few or throttled
processors, unusual settings, a busy machine, low limits on threads, a missing
worker. It watches for a second what else runs. It changes nothing. "?" marks
what the system does not tell. Exit status 1 means that a run cannot work.

With -climb it also starts threads, in a process of their own, until there are
as many as said or a limit forbids one more, and says which limit that is. While
it is up there, other programs may be refused theirs.`,
		Example: "  bench doctor\n  bench doctor -climb 10000",
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if most < 0 || most > mostClimbers {
				return usageError{fmt.Errorf("-climb %d: want a number of threads from 1 to %d, or 0 for no climb", most, mostClimbers)}
			}
			d := examine()
			if most > 0 {
				d = append(d, climbSymptom(cmd.Context(), most))
			}
			return d.write(cmd.OutOrStdout())
		},
	}
	doctor.Flags().IntVar(&most, "climb", 0, "start so many threads at once, or as many as a limit allows")
	return doctor
}

// A symptom is one thing the doctor looked at.
type symptom struct {
	mark   mark
	what   string // and its value
	advice string // what to change; empty if all is well
}

type mark string

const (
	well    mark = "ok"
	unknown mark = "?"    // the system does not tell
	caution mark = "warn" // numbers will be noisier, or some cells skipped
	unfit   mark = "FAIL" // a run cannot work
)

type diagnosis []symptom

func (d diagnosis) write(w io.Writer) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	count := map[mark]int{}
	for _, s := range d {
		count[s.mark]++
		fmt.Fprintf(tab, "%s\t%s\t%s\n", s.mark, s.what, s.advice)
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	if count[unfit] > 0 {
		return errors.New("this machine cannot run the benchmark: see FAIL above")
	}
	verdict := "fit to measure on"
	if count[caution] > 0 {
		verdict = fmt.Sprintf("usable, with %d reservations; compare within a run rather than between runs", count[caution])
	}
	if count[unknown] > 0 {
		verdict += fmt.Sprintf(" (it does not tell %d things)", count[unknown])
	}
	_, err := fmt.Fprintf(w, "\nThis machine is %s.\n", verdict)
	return err
}

// examine looks at the machine.
func examine() diagnosis {
	d := diagnose(measure.Machine())
	return append(d, workerSymptom(measure.CheckWorker("")), loadSymptom(watch(time.Second)), affinitySymptom(platform.Affinity()))
}

// watch counts what the machine does for a while, in which this program sleeps.
func watch(d time.Duration) (busy, stolen float64, err error) {
	before, err := platform.ReadLoad()
	if err != nil {
		return 0, 0, err
	}
	time.Sleep(d)
	after, err := platform.ReadLoad()
	span := after.Time.Sub(before.Time).Seconds()
	return after.Busy(before) / span, (after.Steal - before.Steal) / span, err
}

// diagnose judges the facts that do not change while a run lasts.
func diagnose(m results.Machine) diagnosis {
	d := diagnosis{{well, fmt.Sprintf("%s %s/%s, %s", m.OS, m.Arch, m.Kernel, m.CPU), ""}}
	if m.OS != "linux" {
		d[0].mark, d[0].advice = caution, "memory from outside, affinity, kernel switches and disturbances are measured on Linux only"
	}
	add := func(ok bool, what, advice string) {
		if ok {
			d = append(d, symptom{well, what, ""})
		} else {
			d = append(d, symptom{caution, what, advice})
		}
	}
	add(m.CPUs >= 2, fmt.Sprintf("%d processors", m.CPUs), "cells that need two processors will be skipped")
	add(m.Virtual == "", "virtual machine: "+orNo(m.Virtual), "neighbours may take time (steal is recorded in every trial); bare metal is steadier")
	d = append(d, visible(m)...)
	for _, o := range m.Oddities() {
		add(false, o.String(), o.Doc+adviceOn[o.Name])
	}
	for _, limit := range []struct {
		name   string
		needed int64
		advice string
	}{
		{"threads-max", 20_000, "sysctl kernel.threads-max=65536"},
		{"pid_max", 20_000, "sysctl kernel.pid_max=65536"},
		{"max_map_count", 50_000, "sysctl vm.max_map_count=262144"},
		{"nproc", 20_000, "ulimit -u 65536"},
	} {
		value, known := m.Limits[limit.name]
		if known {
			add(value < 0 || value >= limit.needed, fmt.Sprintf("%s %d", limit.name, value), "memory cells with many threads will be skipped: "+limit.advice)
		}
	}
	return d
}

// adviceOn says how some unusual settings are put right.
var adviceOn = map[string]string{
	"cpu-quota": ": measure outside the container, or raise it",
	"governor":  ": cpupower frequency-set -g performance",
}

// visible tells the settings that every machine should tell and which are as
// usual, or that this one does not.
func visible(m results.Machine) diagnosis {
	var d diagnosis
	all := m.All()
	odd := map[string]bool{}
	for _, o := range m.Oddities() {
		odd[o.Name] = true
	}
	for _, s := range []struct{ name, what, hidden string }{
		{"cpu-quota", "CPU quota", "the control groups cannot be read"},
		{"governor", "frequency governor", "whoever runs the machine below this system decides"},
	} {
		switch value, known := all[s.name]; {
		case !known:
			d = append(d, symptom{unknown, s.what + " not visible", s.hidden})
		case !odd[s.name]:
			d = append(d, symptom{well, s.what + ": " + value, ""})
		}
	}
	return d
}

func orNo(s string) string {
	if s == "" {
		return "no"
	}
	return s
}

func workerSymptom(err error) symptom {
	if err != nil {
		return symptom{unfit, "worker", err.Error()}
	}
	return symptom{well, "worker of this build", ""}
}

// loadSymptom judges what other programs used of the processors, and the
// hypervisor took, while nothing of this program ran: by the shares that would
// make a trial count as disturbed. The load average would not do: it knows a program
// only after a minute.
func loadSymptom(busy, stolen float64, err error) symptom {
	what := fmt.Sprintf("other programs use %.2f processors, the hypervisor %.2f", busy, stolen)
	switch {
	case err != nil:
		return symptom{unknown, "other programs", err.Error()}
	case busy > 0.05:
		return symptom{caution, what, "rounds measured meanwhile count as disturbed: wait for the programs, or stop them"}
	case stolen > 0.01:
		return symptom{caution, what, "rounds measured meanwhile count as disturbed: measure when the neighbours are quiet"}
	}
	return symptom{well, what, ""}
}

func affinitySymptom(cpus []int, err error) symptom {
	if err != nil {
		return symptom{caution, "affinity", err.Error() + ": cells with cpu=same will be skipped"}
	}
	return symptom{well, fmt.Sprintf("affinity to processors %v", cpus), ""}
}
