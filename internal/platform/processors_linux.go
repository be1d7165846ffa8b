package platform

import (
	"path/filepath"
	"slices"
	"strings"

	"concbench/results"
)

// processors reads how fast the processors may run, and with what between them
// and the program.
func processors(m *results.Machine) {
	const frequency = "/sys/devices/system/cpu/cpufreq/policy*/"
	m.Governor = ofAll(frequency + "scaling_governor")
	m.Settings["max-frequency-kHz"] = ofAll(frequency + "scaling_max_freq")
	m.Settings["energy-preference"] = ofAll(frequency + "energy_performance_preference")
	m.Settings["turbo"] = turbo()
	m.Settings["SMT"] = readWord("/sys/devices/system/cpu/smt/control")
	m.Settings["clock"] = readWord("/sys/devices/system/clocksource/clocksource0/current_clocksource")
	m.Settings["boot"] = bootOptions(readWord("/proc/cmdline"))
}

// ofAll is what the files say: one word if all say the same, and otherwise all
// different words.
func ofAll(pattern string) string {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		panic("platform: " + pattern + ": " + err.Error())
	}
	var words []string
	for _, path := range paths {
		if word := readWord(path); word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return strings.Join(words, "/")
}

// turbo tells whether a processor may run faster than its nominal frequency.
func turbo() string {
	if off := readWord("/sys/devices/system/cpu/intel_pstate/no_turbo"); off != "" {
		return map[string]string{"0": "on", "1": "off"}[off]
	}
	return map[string]string{"0": "off", "1": "on"}[readWord("/sys/devices/system/cpu/cpufreq/boost")]
}

// options are the kernel's boot options that change what is measured.
var options = []string{"idle", "intel_idle.max_cstate", "intel_pstate", "isolcpus", "mitigations", "nohz", "nohz_full", "nosmt",
	"preempt", "processor.max_cstate", "spectre_v2", "threadirqs", "transparent_hugepage"}

// bootOptions are those words of the kernel's command line.
func bootOptions(line string) string {
	var words []string
	for word := range strings.FieldsSeq(line) {
		if name, _, _ := strings.Cut(word, "="); slices.Contains(options, name) {
			words = append(words, word)
		}
	}
	if line != "" && len(words) == 0 {
		return "none"
	}
	return strings.Join(words, " ")
}
