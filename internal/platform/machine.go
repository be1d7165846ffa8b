package platform

import (
	"maps"
	"runtime"

	"concbench/results"
)

// Machine is the fingerprint of this machine, from facts that stay the same
// from one run to the next, with its present settings. A fact that cannot be had
// is left empty.
func Machine() results.Machine {
	m := results.Machine{
		OS:   runtime.GOOS,
		Arch: runtime.GOARCH,
		CPUs: runtime.NumCPU(),
	}
	describe(&m)
	s := Settings()
	m.Quota, m.Governor, m.Limits, m.Settings = s.Quota, s.Governor, s.Limits, s.Settings
	return m
}

// Settings is the part of a machine that somebody can change while a run lasts,
// as it is now for the calling thread and the processes that it starts. The caller
// has locked the goroutine to its thread, if it matters which one that is.
func Settings() results.Machine {
	m := results.Machine{Limits: map[string]int64{}, Settings: map[string]string{}}
	settings(&m)
	maps.DeleteFunc(m.Settings, func(_, value string) bool { return value == "" })
	return m
}
