package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestSamplesOfOneProcessAreNoSamples simulates processes that differ by 3 % and
// samples inside each that differ by 1 %, and counts how often a 95 % interval
// misses the truth: of all samples as if they were independent, and of one value
// per process.
func TestSamplesOfOneProcessAreNoSamples(t *testing.T) {
	const runs, processes, samples = 10_000, 6, 15
	rng := rand.New(rand.NewPCG(8, 9))
	missed := func(in Interval) float64 {
		if in.Lo > 0 || in.Hi < 0 {
			return 1.0 / runs
		}
		return 0
	}
	ofSamples, ofProcesses := 0.0, 0.0
	for range runs {
		var all, medians []float64
		for range processes {
			process := 0.03 * rng.NormFloat64()
			one := make([]float64, samples)
			for i := range one {
				one[i] = process + 0.01*rng.NormFloat64()
			}
			all, medians = append(all, one...), append(medians, Median(one))
		}
		ofSamples, ofProcesses = ofSamples+missed(MedianInterval(all)), ofProcesses+missed(MedianInterval(medians))
	}
	// What docs/statistics.md says.
	if math.Abs(ofSamples-0.57) > 0.01 || math.Abs(ofProcesses-0.03) > 0.01 {
		t.Errorf("the interval misses the truth in %.3f of runs if all samples count, in %.3f if processes do", ofSamples, ofProcesses)
	}
}
