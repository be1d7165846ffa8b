package compare

import (
	"cmp"
	"strings"

	"concbench/results"
)

// conditions tells in what the two runs were made in different ways, and what
// disturbed each: a difference of their numbers may be one of these. It knows
// nothing of a file that stands beside no run.json.
func (p pair) conditions() []string {
	var lines []string
	switch old, now := p.old.run, p.new.run; {
	case old == nil && now == nil:
		return nil
	case old == nil || now == nil:
		unknown := p.old.path
		if old != nil {
			unknown = p.new.path
		}
		lines = append(lines, "With which settings "+unknown+" was measured is not known: there is no "+results.RunName+" beside it that can be read.")
	default:
		if all := results.Differences(facts(old), facts(now)); len(all) > 0 {
			var words []string
			for _, d := range all {
				words = append(words, d.String())
			}
			lines = append(lines, "The two runs differ in "+strings.Join(words, "; ")+".")
		}
	}
	for _, s := range p.sides() {
		if s.noise != nil && s.noise.Disturbed > 0 {
			lines = append(lines, s.path+" was disturbed: "+s.noise.String()+".")
		}
	}
	return lines
}

// facts are the settings of a run, and what made it.
func facts(run *results.Run) map[string]string {
	all := run.Machine.All()
	all["source"] = cmp.Or(run.Tree, run.Version)
	all["Go"] = run.Go
	all["kernel"] = run.Machine.Kernel
	return all
}
