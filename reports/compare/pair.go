package compare

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"concbench/internal/files"
	"concbench/internal/terminal"
	"concbench/noise"
	"concbench/results"
)

// A pair is the two runs with what differs between them.
type pair struct {
	old, new  *side
	differing []string // settings that have no value in both
	machines  []string // in what the machines differ; empty for one machine
}

func (p pair) sides() []*side { return []*side{p.old, p.new} }

// machineSettings are the settings of a file that name its machine.
var machineSettings = []string{"goos", "goarch", "cpu"}

// judge finds what differs between the sides.
func (p *pair) judge() {
	keys := map[string]bool{}
	for _, s := range p.sides() {
		for key := range s.config {
			keys[key] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, b := p.old.config[key], p.new.config[key]
		if slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) }) {
			continue
		}
		p.differing = append(p.differing, key)
		if slices.Contains(machineSettings, key) {
			p.machines = append(p.machines, fmt.Sprintf("%s: %s against %s", key, listed(a), listed(b)))
		}
	}
	if p.old.run != nil && p.new.run != nil {
		p.machines = append(p.machines, machineDifferences(p.old.run.Machine, p.new.run.Machine)...)
	}
}

// machineDifferences tells two machines apart by what stays the same on one of
// them and does not stand in a file of results.
func machineDifferences(a, b results.Machine) []string {
	var all []string
	if a.CPUs != b.CPUs {
		all = append(all, fmt.Sprintf("processors: %d against %d", a.CPUs, b.CPUs))
	}
	if a.Quota != b.Quota {
		all = append(all, fmt.Sprintf("quota of processors: %v against %v", a.Quota, b.Quota))
	}
	// A kernel keeps a little of the memory for itself, more or less by its version.
	const blur = 0.05
	if larger := max(a.Memory, b.Memory); math.Abs(float64(a.Memory-b.Memory)) > blur*float64(larger) {
		all = append(all, fmt.Sprintf("memory: %s against %s", gibibytes(a.Memory), gibibytes(b.Memory)))
	}
	return all
}

func gibibytes(n int64) string {
	return strconv.FormatFloat(float64(n)/(1<<30), 'f', 1, 64) + " GiB"
}

// listed writes a few values, and how many more there are.
func listed(values []string) string {
	const shown = 4
	values = slices.SortedFunc(slices.Values(values), natural)
	switch n := len(values); {
	case n == 0:
		return "none"
	case n > shown:
		return strings.Join(values[:shown], ", ") + fmt.Sprintf(" and %d more", n-shown)
	}
	return strings.Join(values, ", ")
}

// quoted writes settings in the language of projections.
func quoted(keys []string) string {
	words := make([]string, len(keys))
	for i, key := range keys {
		words[i] = strconv.Quote(key)
	}
	return strings.Join(words, ",")
}

// about tells what is known of a side: two lines, the second on its machine.
func (s *side) about() (run, machine string) {
	if s.run == nil {
		var words []string
		for _, key := range []string{"cpu", "goos", "goarch"} {
			words = append(words, s.config[key]...)
		}
		return "", strings.Join(words, ", ")
	}
	r, m := s.run, s.run.Machine
	run = fmt.Sprintf("profile %s, %s, concbench %s, %s", r.Profile, r.Start.UTC().Format("2 January 2006 15:04 UTC"), r.Version, r.Go)
	machine = fmt.Sprintf("%s, %d processors, %s memory, %s/%s %s", m.CPU, m.CPUs, gibibytes(m.Memory), m.OS, m.Arch, m.Kernel)
	if m.Virtual != "" {
		machine += ", " + m.Virtual
	}
	return run, machine
}

// open opens the file of results of a side, and reads what run.json says of it.
func (s *side) open() (*os.File, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, InputError{fmt.Errorf("compare: %w", err)}
	}
	file, dir := s.path, filepath.Dir(s.path)
	if info.IsDir() {
		file, dir = filepath.Join(s.path, results.BenchFile), s.path
	}
	if info.IsDir() || filepath.Base(file) == results.BenchFile {
		s.readRun(dir)
	}
	f, err := files.Open(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.run != nil:
		return nil, InputError{fmt.Errorf("compare: the run in %s has no %s; try: %s", s.path, results.BenchFile, terminal.Shell("bench", "report", s.path))}
	case errors.Is(err, fs.ErrNotExist):
		return nil, InputError{fmt.Errorf("compare: %s holds neither %s nor %s, so it is not the folder of a run", s.path, results.BenchFile, results.RunName)}
	case err != nil:
		return nil, InputError{fmt.Errorf("compare: %w", err)}
	}
	return f, small(f)
}

// small refuses a file of more results than can be compared in reasonable time.
func small(f *os.File) error {
	info, err := f.Stat()
	if err == nil && info.Size() > results.MaxBenchFile {
		err = fmt.Errorf("%s has %d bytes, and at most %d are read", f.Name(), info.Size(), results.MaxBenchFile)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("compare: %w", err), f.Close())
	}
	return nil
}

// readRun reads run.json and the journal, if there are any. One that cannot be read is a warning:
// the numbers are in another file.
func (s *side) readRun(dir string) {
	if _, err := os.Lstat(filepath.Join(dir, results.RunName)); errors.Is(err, fs.ErrNotExist) {
		return
	}
	saved, err := results.Open(dir)
	if err != nil {
		s.warnings = append(s.warnings, fmt.Sprintf("what made %s is not known: %v", s.path, err))
		return
	}
	if err := saved.Lost(); err != nil {
		s.warnings = append(s.warnings, err.Error())
	}
	account := noise.Count(*saved.Run, saved.Records)
	s.run, s.noise = saved.Run, &account
}
