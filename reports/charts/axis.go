package charts

import (
	"math"

	"gonum.org/v1/plot"
)

// An Axis says how values are placed and written.
type Axis struct {
	Label  string
	Log    bool
	Format func(float64) string // a value with its unit; nil writes plain numbers
}

func (a Axis) format(v float64) string {
	if a.Format == nil {
		return plainNumber(v)
	}
	return a.Format(v)
}

// scaled returns a as it can be drawn: without a value above zero there is no
// logarithmic axis.
func (a Axis) scaled(values []float64) Axis {
	for _, v := range values {
		if v > 0 && !math.IsInf(v, 0) {
			return a
		}
	}
	a.Log = false
	return a
}

// bounds returns the ends of an axis that holds all values that it can show.
func (a Axis) bounds(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) || a.Log && v <= 0 {
			continue
		}
		low, high = min(low, v), max(high, v)
	}
	if low > high {
		return 0, 1
	}
	if a.Log {
		return a.logBounds(low, high)
	}
	low, high = min(low, 0), max(high, 0)
	if low == high {
		return low, low + 1
	}
	room := 0.04 * (high - low)
	if low < 0 {
		low -= room
	}
	return low, high + room
}

// logBounds leaves a little room, and at least the space between 1 and 4.
func (a Axis) logBounds(low, high float64) (float64, float64) {
	span := math.Log10(high) - math.Log10(low)
	room := math.Pow(10, max(0.06*span, 0.04))
	low, high = low/room, high*room
	if want := 4.0; high/low < want {
		middle := math.Sqrt(low * high)
		low, high = middle/math.Sqrt(want), middle*math.Sqrt(want)
	}
	// Ends that are no numbers any more would make the library panic.
	return max(low, math.SmallestNonzeroFloat64*1e16), min(high, math.MaxFloat64/1e4)
}

// apply sets an axis of a plot.
func (a Axis) apply(to *plot.Axis, values []float64, ticks int) {
	to.Label.Text = a.Label
	to.Min, to.Max = a.bounds(values)
	if a.Log {
		to.Scale = plot.LogScale{}
		to.Tick.Marker = logTicks{a, ticks}
		return
	}
	to.Tick.Marker = linearTicks{a, ticks}
}

type logTicks struct {
	Axis
	most int // labels
}

// Ticks labels powers of ten, also 2 and 5 times them if there is room, or only
// every so many if there is not.
func (t logTicks) Ticks(low, high float64) []plot.Tick {
	first, last := int(math.Floor(math.Log10(low))), int(math.Ceil(math.Log10(high)))
	decades := math.Log10(high / low)
	every := max(1, int(math.Ceil(decades/float64(t.most))))
	between := decades*3 <= float64(t.most) || decades < 1.2
	var ticks []plot.Tick
	for e := first; e <= last; e++ {
		for m := 1; m < 10; m++ {
			v := float64(m) * math.Pow(10, float64(e))
			if v < low || v > high {
				continue
			}
			tick := plot.Tick{Value: v}
			if m == 1 && e%every == 0 || between && (m == 2 || m == 5) {
				tick.Label = t.format(v)
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}

type linearTicks struct {
	Axis
	most int
}

// Ticks stand at 1, 2 or 5 times a power of ten.
func (t linearTicks) Ticks(low, high float64) []plot.Tick {
	step := math.Pow(10, math.Floor(math.Log10((high-low)/float64(t.most))))
	for _, m := range []float64{1, 2, 5, 10} {
		if (high-low)/(m*step) <= float64(t.most) {
			step *= m
			break
		}
	}
	var ticks []plot.Tick
	for i := math.Ceil(low / step); i*step <= high; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: t.format(i * step)})
	}
	return ticks
}
