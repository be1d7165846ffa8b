package results

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A Setting is something that somebody can set and that changes numbers: a
// variable that reaches the trials, a limit, or a way in which the kernel runs a
// process. [Machine.All] has those of a run by name.
type Setting struct {
	Name   string
	Usual  []string // values that need no mention; none at all means that any value is usual
	Absent string   // the value that a run means that does not name it; empty means not known
	Doc    string   // what it changes
}

// Settings are those that are known by name. Others are compared, and are never
// called unusual.
var Settings = []Setting{
	{"GOGC", []string{"100"}, "100", "how far the heap grows before garbage is collected"},
	{"GOMEMLIMIT", []string{"off"}, "off", "the memory at which garbage is collected more often"},
	{"GODEBUG", []string{"none"}, "none", "switches of the Go runtime"},
	{"GOCOVERDIR", []string{"none"}, "none", "a build that counts what it executes"},
	{"build -race", []string{"none"}, "none", "a build for the race detector, several times slower"},
	{"build -cover", []string{"none"}, "none", "a build that counts what it executes"},
	{"build -asan", []string{"none"}, "none", "a build that checks addresses"},
	{"build -msan", []string{"none"}, "none", "a build that checks memory"},
	{"build -gcflags", []string{"none"}, "none", "flags of the compiler"},
	{"build -tags", []string{"none"}, "none", "build tags"},
	{"build -pgo", []string{"none"}, "none", "a profile that the compiler optimised for"},
	{"build GOEXPERIMENT", []string{"none"}, "none", "experiments of the Go toolchain"},
	{"build CGO_ENABLED", []string{"0"}, "", "whether C starts the threads"},
	{"build GOAMD64", []string{"v1"}, "", "instructions that the compiler may use"},
	{"build GOARM64", []string{"v8.0"}, "", "instructions that the compiler may use"},
	{"nice", []string{"0"}, "", "who runs first"},
	{"autogroup-nice", []string{"0"}, "", "who runs first, among sessions"},
	{"policy", []string{"other"}, "", "who runs first"},
	{"cpu-weight", []string{"1"}, "", "who runs first, among control groups"},
	{"cpu-quota", []string{"none"}, "", "throttles in bursts"},
	{"affinity", []string{"all"}, "", "which processors may be used"},
	{"timer-slack", []string{"50µs"}, "", "how late the kernel may wake a thread"},
	{"governor", []string{"performance"}, "", "how fast the processors run"},
	{"clock", []string{"tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page", "xen"}, "", "what it costs to read the time"},
	{"THP", []string{"always", "madvise"}, "", "whether memory is backed by huge pages"},
	{"ASLR", []string{"full"}, "", "whether each process lies elsewhere in memory"},
	{"personality", []string{"0x0"}, "", "how the kernel treats the process"},
	{"memory-policy", []string{"default"}, "", "from which node memory comes"},
	{"memory-limit", []string{"none"}, "", "the memory at which the control group is stopped"},
	{"rlimit-as", []string{"none"}, "", "address space"},
	{"rlimit-data", []string{"none"}, "", "memory"},
	{"rlimit-cpu", []string{"none"}, "", "CPU seconds before a process is killed"},
	{"rlimit-stack", []string{"8388608"}, "", "the stack of a process's first thread"},
	{"seccomp", []string{"none"}, "", "every system call is looked at first"},
}

// All are the settings of the machine by name, the limits among them.
func (m Machine) All() map[string]string {
	all := maps.Clone(m.Settings)
	if all == nil {
		all = map[string]string{}
	}
	if m.Governor != "" {
		all["governor"] = m.Governor
	}
	for name, limit := range m.Limits {
		all[name] = strconv.FormatInt(limit, 10)
	}
	return all
}

// An Oddity is a setting that needs a mention.
type Oddity struct {
	Setting
	Value string
}

func (o Oddity) String() string {
	return fmt.Sprintf("%s=%s (usually %s)", o.Name, Quoted(o.Value), o.Usual[0])
}

// Oddities are the settings of the machine that are not usual.
func (m Machine) Oddities() []Oddity {
	all := m.All()
	var list []Oddity
	for _, s := range Settings {
		value, known := all[s.Name]
		if known && len(s.Usual) > 0 && !slices.Contains(s.Usual, value) {
			list = append(list, Oddity{s, value})
		}
	}
	return list
}

// Unusual tells the oddities of the machine, as "nice=5 (usually 0)".
func (m Machine) Unusual() []string {
	var list []string
	for _, o := range m.Oddities() {
		list = append(list, o.String())
	}
	return list
}

// A Difference is a setting that two sets of settings do not have in common.
type Difference struct{ Name, Old, New string }

func (d Difference) String() string {
	return fmt.Sprintf("%s: %s against %s", Quoted(d.Name), Quoted(d.Old), Quoted(d.New))
}

// Quoted is the text as it is, or as Go writes it if it holds anything that
// could steer a terminal or end a line.
func Quoted(text string) string {
	if quoted := strconv.Quote(text); quoted != `"`+text+`"` {
		return quoted
	}
	return text
}

// Differences compares two sets of settings by name, in the order of the names.
// What one of them does not tell is no difference.
func Differences(old, now map[string]string) []Difference {
	names := slices.Collect(maps.Keys(old))
	for name := range now {
		if _, both := old[name]; !both {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	var list []Difference
	for _, name := range names {
		a, b := settingOf(old, name), settingOf(now, name)
		if a != "" && b != "" && a != b {
			list = append(list, Difference{name, a, b})
		}
	}
	return list
}

// settingOf is the value of a setting, or what its absence means.
func settingOf(all map[string]string, name string) string {
	if value, ok := all[name]; ok {
		return value
	}
	i := slices.IndexFunc(Settings, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		return ""
	}
	return Settings[i].Absent
}
