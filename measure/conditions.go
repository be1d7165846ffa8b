package measure

import (
	"debug/buildinfo"
	"fmt"
	"maps"
	"strings"

	"concbench/internal/platform"
	"concbench/results"
)

// Machine describes this machine, and how it is set for trials that start now.
func Machine() results.Machine {
	m := platform.Machine()
	maps.Copy(m.Settings, variables(environment(passed, nil)))
	return m
}

// buildPrefix begins the names of settings that a worker was built with.
const buildPrefix = "build "

// built are the settings that the worker was built with, as far as they change
// what it costs; none if its file does not tell.
func built(worker string) map[string]string {
	info, err := buildinfo.ReadFile(worker)
	if err != nil {
		return nil
	}
	all := map[string]string{}
	for _, s := range info.Settings {
		switch s.Key {
		// Where and of what it was built is told elsewhere in the run.
		case "GOOS", "GOARCH", "-ldflags", "-trimpath", "-buildmode", "-compiler":
			continue
		}
		if s.Value != "" && !strings.HasPrefix(s.Key, "vcs") {
			all[buildPrefix+s.Key] = s.Value
		}
	}
	return all
}

// describeWorker adds to a new run what is known of its worker, and refuses to
// resume a run with a worker that was built otherwise.
func (r *Runner) describeWorker() error {
	now := built(r.Worker)
	if !r.resumed {
		if r.Plan.Machine.Settings == nil {
			r.Plan.Machine.Settings = map[string]string{}
		}
		maps.Copy(r.Plan.Machine.Settings, now)
		maps.Copy(r.Plan.Machine.Settings, variables(r.environment()))
		return nil
	}
	old := maps.Clone(r.Plan.Machine.Settings)
	maps.DeleteFunc(old, func(name, _ string) bool { return !strings.HasPrefix(name, buildPrefix) })
	if changes := results.Differences(old, now); len(old) > 0 && len(changes) > 0 {
		return fmt.Errorf("resume %s: %w: the worker was built with %s: start a new run", r.Dir, ErrOther, changes[0])
	}
	return nil
}

// changed are the settings of trials that start now on this thread, by name,
// which are other than the run says; nil if all are the same.
func (r *Runner) changed() map[string]string {
	changes := r.changes()
	if len(changes) == 0 {
		return nil
	}
	now := map[string]string{}
	for _, c := range changes {
		now[c.Name] = c.New
	}
	return now
}

// changes compares the settings that the run began with and those of now.
func (r *Runner) changes() []results.Difference {
	old := r.Plan.Machine.All()
	maps.DeleteFunc(old, func(name, _ string) bool { return strings.HasPrefix(name, buildPrefix) })
	now := platform.Settings().All()
	maps.Copy(now, variables(r.environment()))
	return results.Differences(old, now)
}

// Conditions are sentences, for whoever starts the run, on what will not be as
// usual in it: unusual settings, variables that do not reach the trials, and what
// was other when a resumed run began.
func (r *Runner) Conditions() []string {
	var list []string
	add := func(words string, items []string) {
		if len(items) > 0 {
			list = append(list, words+strings.Join(items, ", "))
		}
	}
	m := r.Plan.Machine
	if worker, err := findWorker(r.Worker); err == nil && !r.resumed {
		m.Settings = maps.Clone(m.Settings)
		maps.Copy(m.Settings, built(worker))
	}
	add("not the usual settings: ", m.Unusual())
	add("does not reach the trials: ", keptOut())
	if r.resumed {
		var changes []string
		for _, c := range r.changes() {
			changes = append(changes, c.String())
		}
		add("not the settings that the run began with: ", changes)
	}
	return list
}
