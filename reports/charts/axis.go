package charts

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
)

// An Axis says how values are placed and written.
type Axis struct {
	Label  string
	Log    bool
	Binary bool                 // on a logarithmic axis, labels stand at powers of 2
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
	if !slices.ContainsFunc(values, a.shows) {
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
	if a.Log && !(v >= smallest) {
		return false
	}
	return math.Abs(v) <= largest // which a NaN is not
}

// bounds returns the ends of an axis that holds all values that it can show.
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
		return a.logBounds(low, high)
	}
	low, high = min(low, 0), max(high, 0)
	if high-low < smallest {
		return 0, 1
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
	return low, high
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

// Ticks labels 1, 2 and 5 times powers of ten, or 1 and 3 times, or powers
// alone, or only every so many of them: the most that there is room for.
func (t logTicks) Ticks(low, high float64) []plot.Tick {
	if t.Binary {
		return t.binary(low, high)
	}
	first, last := int(math.Floor(math.Log10(low))), int(math.Ceil(math.Log10(high)))
	labelled := t.labelled(first, last, low, high)
	var ticks []plot.Tick
	for e := first; e <= last; e++ {
		for m := 1; m < 10; m++ {
			v := float64(m) * math.Pow(10, float64(e))
			if v < low || v > high {
				continue
			}
			tick := plot.Tick{Value: v}
			if labelled(e, m) {
				tick.Label = t.format(v)
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}

func (t logTicks) labelled(first, last int, low, high float64) func(e, m int) bool {
	for _, multiples := range [][]int{{1, 2, 5}, {1, 3}, {1}} {
		count := 0
		for e := first; e <= last; e++ {
			for _, m := range multiples {
				if v := float64(m) * math.Pow(10, float64(e)); v >= low && v <= high {
					count++
				}
			}
		}
		if count <= t.most {
			return func(_, m int) bool { return slices.Contains(multiples, m) }
		}
	}
	every := (last-first)/t.most + 1
	return func(e, m int) bool { return m == 1 && e%every == 0 }
}

// binary labels powers of 2, or of 4, 8 and so on.
func (t logTicks) binary(low, high float64) []plot.Tick {
	first, last := int(math.Ceil(math.Log2(low))), int(math.Floor(math.Log2(high)))
	every := (last-first)/t.most + 1
	var ticks []plot.Tick
	for e := first; e <= last; e++ {
		tick := plot.Tick{Value: math.Exp2(float64(e))}
		if e%every == 0 {
			tick.Label = t.format(tick.Value)
		}
		ticks = append(ticks, tick)
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
