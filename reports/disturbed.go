package reports

import (
	"fmt"
	"strings"

	"concbench/noise"
	"concbench/results"
	"concbench/stats"
)

// clean is the same run without its disturbed rounds, and nil if there are none.
// A whole round is left out, never one model of it.
func (d *data) clean() *data {
	if len(d.noise.Dirty) == 0 {
		return nil
	}
	skip := map[int]bool{}
	for _, round := range d.noise.Dirty {
		skip[round] = true
	}
	return arrange(d.run, d.records, skip)
}

// cleanText says what the clean rounds alone answer.
func (d *data) cleanText(answer string) string {
	switch n := d.noise.Clean(); n {
	case 0:
		return "no round is clean, so the answer stands on disturbed rounds"
	case 1:
		return "in the one clean round alone: " + answer
	default:
		return fmt.Sprintf("in the %d clean rounds alone: %s", n, answer)
	}
}

// disturbedText says what was disturbed and what that means for what follows;
// nothing if nothing was.
func (d *data) disturbedText() string {
	if d.noise.Disturbed == 0 {
		return ""
	}
	if clean := d.noise.Clean(); clean >= stats.LeastRounds {
		return fmt.Sprintf("%s. Where the %d clean rounds alone answer otherwise, that is said", d.noise, clean)
	}
	return fmt.Sprintf("%s. %s. So every answer stands on disturbed rounds", d.noise, d.tooFewText())
}

// tooFewText says how many rounds are clean, which are too few, and why rounds in
// reserve did not help, if there are any.
func (d *data) tooFewText() string {
	decision := noise.Next(d.run, d.records)
	switch all, _ := d.reserve(); {
	case all == 0 || decision.Verdict == noise.Early || decision.Verdict == noise.Enough:
		return fmt.Sprintf("%d of %d rounds are clean, too few to answer anything", d.noise.Clean(), len(d.noise.Rounds))
	case decision.Verdict == noise.Measure:
		return fmt.Sprintf("%d of %d rounds are clean, and the run stopped before it measured more: resume it", decision.Clean, decision.Of)
	}
	return decision.String()
}

// reservations are what must be said in a picture that is shown without its
// page: unusual settings, and how many rounds were disturbed.
func (d *data) reservations() string {
	text := ""
	if odd := d.run.Machine.Oddities(); len(odd) > 0 {
		var words []string
		for _, o := range odd {
			words = append(words, o.Name+"="+results.Quoted(o.Value))
		}
		text += " With " + strings.Join(words, ", ") + "."
	}
	if n := len(d.noise.Dirty); n > 0 {
		text += fmt.Sprintf(" Disturbed: %d of %d rounds.", n, len(d.noise.Rounds))
	}
	return text
}

// noiseRule is what counts as disturbed, in the words of package noise.
const noiseRule = "Rule: the hypervisor took more than 1\u00a0% of a trial's time and 20 ms, other processes more than 5\u00a0% and 20 ms, a quota stopped it, or a setting changed; the whole round then counts as disturbed"
