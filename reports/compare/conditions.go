package compare

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"concbench/noise"
	"concbench/results"
)

// conditions tells in what the two runs were made in different ways, and what
// disturbed each: a difference of their numbers may be one of these. It knows
// nothing of a file that stands beside no run.json.
func conditions(before, after string) []string {
	old, oldNoise := madeWith(before)
	now, nowNoise := madeWith(after)
	var lines []string
	switch {
	case old == nil && now == nil:
		return nil
	case old == nil || now == nil:
		unknown := before
		if old != nil {
			unknown = after
		}
		lines = append(lines, "With which settings "+unknown+" was measured is not known: there is no "+results.RunName+" beside it.")
	default:
		if all := results.Differences(facts(old), facts(now)); len(all) > 0 {
			var words []string
			for _, d := range all {
				words = append(words, d.String())
			}
			lines = append(lines, "The two runs differ in "+strings.Join(words, "; ")+".")
		}
	}
	for i, account := range []*noise.Account{oldNoise, nowNoise} {
		if account != nil && account.Disturbed > 0 {
			lines = append(lines, [2]string{before, after}[i]+" was disturbed: "+account.String()+".")
		}
	}
	return lines
}

// madeWith reads the run that a path belongs to: the folder of one, or its file
// of results. It is nil if there is none that can be read.
func madeWith(path string) (*results.Run, *noise.Account) {
	if info, err := os.Stat(path); err != nil {
		return nil, nil
	} else if !info.IsDir() {
		if filepath.Base(path) != results.BenchFile {
			return nil, nil
		}
		path = filepath.Dir(path)
	}
	run, records, _, err := results.Open(path)
	if err != nil {
		return nil, nil
	}
	account := noise.Count(*run, records)
	return run, &account
}

// facts are the settings of a run, and what made it.
func facts(run *results.Run) map[string]string {
	all := run.Machine.All()
	all["source"] = cmp.Or(run.Tree, run.Version)
	all["Go"] = run.Go
	all["kernel"] = run.Machine.Kernel
	return all
}
