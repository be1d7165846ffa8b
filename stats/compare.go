package stats

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
)

// A Comparison is of two arms that were measured in the same rounds.
type Comparison struct {
	N     int     // rounds
	Ratio float64 // median over rounds of a/b
	Interval
	SD   float64 // standard deviation of the rounds' logarithms, about their mean
	P    float64 // of a sign-flip test that the mean logarithm is 0
	Lag1 float64 // autocorrelation of neighbouring rounds' logarithms
	LagP float64 // chance of as much, if the rounds had come in random order
}

// ErrNoRatio is returned where a ratio has no meaning: no rounds, or a value
// that is not above zero.
var ErrNoRatio = errors.New("no ratio")

// Compare compares a with b, whose values at one index are of one round. The
// interval is the order-statistic interval of the median ratio, the same as the
// interval of the sign test. The seed is for the test, if it has to draw.
func Compare(a, b []float64, seed uint64) (Comparison, error) {
	if len(a) != len(b) || len(a) == 0 {
		return Comparison{}, fmt.Errorf("%w: %d and %d values", ErrNoRatio, len(a), len(b))
	}
	logs := make([]float64, len(a))
	for i := range a {
		logs[i] = math.Log(a[i]) - math.Log(b[i])
		if math.IsNaN(logs[i]) || math.IsInf(logs[i], 0) {
			return Comparison{}, fmt.Errorf("%w: of %v and %v", ErrNoRatio, a[i], b[i])
		}
	}
	in := MedianInterval(logs)
	return Comparison{
		N:        len(a),
		Ratio:    math.Exp(Median(logs)),
		Interval: Interval{Lo: math.Exp(in.Lo), Hi: math.Exp(in.Hi), Confidence: in.Confidence},
		SD:       deviation(logs),
		P:        SignFlip(logs, seed),
		Lag1:     Lag1(logs),
		LagP:     LagP(logs, seed),
	}, nil
}

// deviation is the standard deviation of xs, and 0 of fewer than two values.
func deviation(xs []float64) float64 {
	if len(xs) < 2 {
		return 0
	}
	return stat.StdDev(xs, nil)
}
