package reports

import (
	"fmt"

	"concbench/stats"
)

// control is the verdict on two arms that are one under two names, such as
// goroutines on one processor with and without procs=1. There is nothing to find
// out about them: what they differ by is the method's own.
const control stats.Verdict = "control"

// effective is the arm that a cell's trials were in their processes.
func (c *cellData) effective() string {
	arm := c.Arm()
	for i, r := range c.trials {
		same := r.SameAs
		if same == "" {
			same = c.Arm()
		}
		if i > 0 && same != arm {
			return c.Arm()
		}
		arm = same
	}
	return arm
}

// isControl reports whether two cells of a subject are one arm under two names.
func isControl(a, b *cellData) bool {
	return len(a.trials) > 0 && len(b.trials) > 0 && a.effective() == b.effective()
}

// secondName reports whether a cell is another arm of the subject under a second
// name, which cannot win or lose against it.
func (s subject) secondName(c *cellData) bool {
	first := s.arm(c.effective())
	return first != nil && first != c && isControl(first, c)
}

// controls are what the run found where there is nothing to find.
func (d *data) controls() []Fact {
	var facts []Fact
	for _, s := range subjects(d.cells) {
		m, ok := first(d.info(s[0].Workload))
		for i, b := range s {
			for _, a := range s[i+1:] {
				if !ok || !isControl(a, b) {
					continue
				}
				if c, err := d.compare(a, b, m.Name); err == nil {
					facts = append(facts, Fact{"control", d.controlText(a, b, m.Title, c.Comparison)})
				}
			}
		}
	}
	return facts
}

func (d *data) controlText(a, b *cellData, measure string, c stats.Comparison) string {
	text := fmt.Sprintf("%s %s: %s and %s are one arm under two names there. The ratio of their %s should be 1 and came out as %s (%s) in %d rounds",
		a.Workload, d.heading(a, d.where(a.Workload)), a.Arm(), b.Arm(), measure, digits(c.Ratio, 3), bounds(c.Interval, c.Ratio, c.N, plain), c.N)
	if c.Interval.Lo > 1 || c.Interval.Hi < 1 {
		text += "; a difference of that size between other arms may be the method’s own"
	}
	return text
}
