package reports

import (
	"strings"
	"testing"

	"concbench/results"
)

func TestOverheadIsAShareOfTrialsLongEnough(t *testing.T) {
	trial := func(cpu, overhead float64) results.Record {
		return results.Record{Status: results.OK, Usage: results.Usage{UserCPU: cpu / 2, SystemCPU: cpu / 2}, Overhead: overhead}
	}
	text := overheadText([]results.Record{trial(1, 0.002), trial(1, 0.004), trial(0.1, 0.003), trial(0.01, 0.009)})
	for _, want := range []string{"0.400\u00a0% of", "3.00\u00a0% at most", "in 1 of 3 trials"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if text := overheadText([]results.Record{trial(0.001, 0)}); !strings.Contains(text, "not known") {
		t.Error(text)
	}
}
