package stats

// A Verdict is what a comparison of a with b says about a, for a measure of
// which less is better.
type Verdict string

// The verdicts. The last four leave something open, each for a reason of its
// own: a few rounds more mend the first, and no number of rounds mends the next
// two where the true difference is about the margin.
const (
	Faster       Verdict = "faster"
	Slower       Verdict = "slower"
	Equivalent   Verdict = "equivalent"        // any difference is smaller than the margin
	TooFew       Verdict = "too few rounds"    // for an interval with the confidence asked for
	LeansFaster  Verdict = "faster, size open" // perhaps by less than the margin
	LeansSlower  Verdict = "slower, size open" // perhaps by less than the margin
	TooUncertain Verdict = "interval too wide" // it holds 1, and differences beyond the margin
)

// Margin is the difference that is too small to matter in practice, as a share.
const Margin = 0.02

// Judge turns an interval of the ratio a/b into a verdict: faster or slower when
// all of it lies beyond the margin, equivalent when all of it lies inside. An
// interval with less than the confidence asked for says nothing.
func Judge(ratio Interval, margin float64) Verdict {
	low, high := 1/(1+margin), 1+margin
	switch {
	case !ratio.Sufficient():
		return TooFew
	case ratio.Hi < low:
		return Faster
	case ratio.Lo > high:
		return Slower
	case ratio.Lo >= low && ratio.Hi <= high:
		return Equivalent
	case ratio.Hi < 1:
		return LeansFaster
	case ratio.Lo > 1:
		return LeansSlower
	}
	return TooUncertain
}
