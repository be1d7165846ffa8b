package stats

// A Verdict is what a comparison of a with b says about a, for a measure of
// which less is better.
type Verdict string

const (
	Faster     Verdict = "faster"
	Slower     Verdict = "slower"
	Equivalent Verdict = "equivalent"  // any difference is smaller than the margin
	CannotTell Verdict = "cannot tell" // too few rounds, or too much noise
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
		return CannotTell
	case ratio.Hi < low:
		return Faster
	case ratio.Lo > high:
		return Slower
	case ratio.Lo >= low && ratio.Hi <= high:
		return Equivalent
	}
	return CannotTell
}
