package platform

import (
	"os"
	"runtime"

	"concbench/results"
)

// Machine is the fingerprint of this machine, from facts that stay the same
// from one run to the next. A fact that cannot be had is left empty.
func Machine() results.Machine {
	m := results.Machine{
		OS:       runtime.GOOS,
		Arch:     runtime.GOARCH,
		CPUs:     runtime.NumCPU(),
		Limits:   map[string]int64{},
		Settings: map[string]string{},
	}
	for _, name := range []string{"GOGC", "GOMEMLIMIT", "GODEBUG"} {
		if value, ok := os.LookupEnv(name); ok {
			m.Settings[name] = value
		}
	}
	describe(&m)
	return m
}
