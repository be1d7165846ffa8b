package charts

import (
	"math"
	"slices"
)

// An Axis says how values are placed and written.
type Axis struct {
	Label     string
	Unit      Unit
	Log       bool
	Least     float64 // below it, nothing has a place on a logarithmic axis; 0 for no bound but zero
	Quantiles bool    // values are quantiles below 1, on the axis of HdrHistogram: 90 %, 99 % and 99.9 % are equally far apart
}

// place is the number by which a value is placed: on an axis of quantiles the
// number of nines, else the value itself.
func (a Axis) place(v float64) float64 {
	if a.Quantiles {
		return -math.Log10(1 - v)
	}
	return v
}

// scaled returns a as it can be drawn: without a value above zero there is no
// logarithmic axis.
func (a Axis) scaled(values []float64) Axis {
	if a.Quantiles || !slices.ContainsFunc(values, a.shows) {
		a.Log = false
	}
	return a
}

// The largest and smallest values that are drawn: so far from the ends of
// floating point that no sum or product on the way becomes infinite.
const (
	largest  = 1e150
	smallest = 1e-150
)

// shows reports whether a value has a place on the axis.
func (a Axis) shows(v float64) bool {
	if a.Log && !(v >= max(smallest, a.Least)) {
		return false
	}
	return math.Abs(v) <= largest // which a NaN is not
}

// bounds are the least and the largest of the values that the axis can show,
// and zero, where it has one.
func (a Axis) bounds(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if a.shows(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		return 0, 1
	}
	if a.Log {
		return low, high
	}
	if low, high = min(low, 0), max(high, 0); high-low < smallest {
		return 0, 1
	}
	return low, high
}
