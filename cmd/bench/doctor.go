package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

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
processors, frequency scaling, a busy machine, low limits on threads, a missing
worker. It changes nothing. Exit status 1 means that a run cannot work.

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
	_, err := fmt.Fprintf(w, "\nThis machine is %s.\n", verdict)
	return err
}

// examine looks at the machine.
func examine() diagnosis {
	d := diagnose(platform.Machine())
	d = append(d, workerSymptom(measure.CheckWorker("")))
	load, err := platform.ReadLoad()
	return append(d, loadSymptom(load.Load1, err), affinitySymptom(platform.Affinity()))
}

// diagnose judges the facts that do not change while a run lasts.
func diagnose(m results.Machine) diagnosis {
	d := diagnosis{{well, fmt.Sprintf("%s %s/%s, %s", m.OS, m.Arch, m.Kernel, m.CPU), ""}}
	if m.OS != "linux" {
		d[0].mark, d[0].advice = caution, "memory from outside, affinity and kernel switches are measured on Linux only"
	}
	add := func(ok bool, what, advice string) {
		if ok {
			d = append(d, symptom{well, what, ""})
		} else {
			d = append(d, symptom{caution, what, advice})
		}
	}
	add(m.CPUs >= 2, fmt.Sprintf("%d processors", m.CPUs), "cells that need two processors will be skipped")
	add(m.Quota == 0 || m.Quota >= float64(m.CPUs), quotaText(m), "a CPU quota throttles in bursts: measure outside the container, or raise it")
	add(m.Governor == "" || m.Governor == "performance", "frequency governor "+orUnknown(m.Governor), "cpupower frequency-set -g performance")
	add(m.Virtual == "", "virtual machine: "+orNo(m.Virtual), "neighbours may take time (steal is recorded in every trial); bare metal is steadier")
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

func quotaText(m results.Machine) string {
	if m.Quota == 0 {
		return "no CPU quota"
	}
	return fmt.Sprintf("CPU quota of %.1f processors", m.Quota)
}

func orUnknown(s string) string {
	if s == "" {
		return "not visible"
	}
	return s
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

func loadSymptom(load1 float64, err error) symptom {
	switch {
	case err != nil:
		return symptom{caution, "load", err.Error()}
	case load1 > 0.5:
		return symptom{caution, fmt.Sprintf("load %.2f", load1), "something else is running: wait for it, or stop it"}
	}
	return symptom{well, fmt.Sprintf("load %.2f", load1), ""}
}

func affinitySymptom(cpus []int, err error) symptom {
	if err != nil {
		return symptom{caution, "affinity", err.Error() + ": cells with cpu=same will be skipped"}
	}
	return symptom{well, fmt.Sprintf("affinity to processors %v", cpus), ""}
}
