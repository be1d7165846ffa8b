package charts

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Lines is a chart of curves with intervals. Each curve is named at its end,
// so that no legend has to be looked up.
type Lines struct {
	Title     string
	X, Y      Axis
	Quantiles bool // X is a quantile below 1, on the axis of HdrHistogram: 90 %, 99 % and 99.9 % are equally far apart
	Curves    []Curve
}

// A Curve is one arm.
type Curve struct {
	Arm    string
	Label  string // lines are split at "\n"
	Points []Point
	Bare   bool // no markers on the points, and a band instead of bars
}

// A Point is a median with its interval.
type Point struct{ X, Y, Lo, Hi float64 }

const linesHeight = 380

// Size is the chart's size.
func (l Lines) Size() (w, h vg.Length) { return usualWidth, linesHeight }

// Draw draws the chart.
func (l Lines) Draw(c draw.Canvas) {
	write(c, l.Title, vg.Point{X: c.Min.X + 10, Y: c.Max.Y - 15}, titleSize, ink, true, draw.XLeft)
	p := newPlot()
	l.X = l.X.scaled(l.places()) // first: it decides which points there are
	xs, ys := l.values()
	l.Y = l.Y.scaled(ys)
	l.X.apply(&p.X, xs, 6)
	if l.Quantiles {
		p.X.Min, p.X.Max = 0, max(1, slices.Max(append(xs, 1)))
		p.X.Tick.Marker = plot.TickerFunc(quantileTicks)
	}
	l.Y.apply(&p.Y, ys, 7)
	p.Y.Label.Text = "" // it stands above the axis, where it can be read
	write(c, l.Y.Label, vg.Point{X: c.Min.X + 10, Y: c.Max.Y - 34}, textSize, muted, false, draw.XLeft)
	p.Add(curves(l))
	p.Draw(draw.Crop(c, 8, -l.labelWidth(), 8, -vg.Points(headHeight+20)))
}

// at is where a point stands on the X axis.
func (l Lines) at(p Point) float64 {
	if l.Quantiles {
		return -math.Log10(1 - p.X)
	}
	return p.X
}

func quantileTicks(low, high float64) []plot.Tick {
	ticks := []plot.Tick{{Value: 0, Label: "0 %"}, {Value: math.Log10(2), Label: "50 %"}}
	for i, label := range []string{"90 %", "99 %", "99.9 %", "99.99 %", "99.999 %"} {
		if v := float64(i + 1); v >= low && v <= high {
			ticks = append(ticks, plot.Tick{Value: v, Label: label})
		}
	}
	return ticks
}

func (l Lines) places() (xs []float64) {
	for _, curve := range l.Curves {
		for _, p := range curve.Points {
			xs = append(xs, l.at(p))
		}
	}
	return xs
}

// values are those of the points that the X axis shows.
func (l Lines) values() (xs, ys []float64) {
	for _, curve := range l.Curves {
		for _, p := range curve.Points {
			if !l.X.shows(l.at(p)) {
				continue
			}
			xs = append(xs, l.at(p))
			ys = append(ys, p.Y, p.Lo, p.Hi)
		}
	}
	return xs, ys
}

func (l Lines) labelWidth() (w vg.Length) {
	for _, curve := range l.Curves {
		for _, s := range textLines(curve.Label) {
			w = max(w, widthOf(s, textSize, true))
		}
	}
	return w + 42
}

// curves draws what is inside the axes.
type curves Lines

// Plot implements plot.Plotter.
func (l curves) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		if t.Label != "" {
			line(c, grid, 0.7, nil, vg.Point{X: c.Min.X, Y: y(t.Value)}, vg.Point{X: c.Max.X, Y: y(t.Value)})
		}
	}
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if t.Label != "" {
			line(c, grid, 0.7, nil, vg.Point{X: x(t.Value), Y: c.Min.Y}, vg.Point{X: x(t.Value), Y: c.Max.Y})
		}
	}
	var names []endLabel
	for _, curve := range l.Curves {
		if last, ok := l.draw(c, curve, x, y, p.Y.Min, p.Y.Max); ok {
			names = append(names, endLabel{curve, last.Y})
		}
	}
	drawLabels(c, names)
}

// draw draws one curve and returns its last point.
func (l curves) draw(c draw.Canvas, curve Curve, x, y func(float64) vg.Length, low, high float64) (last vg.Point, ok bool) {
	look := LookOf(curve.Arm)
	var path, lower, upper []vg.Point
	for _, p := range curve.Points {
		if at := Lines(l).at(p); l.Y.shows(p.Y) && l.X.shows(at) {
			path = append(path, vg.Point{X: x(at), Y: y(p.Y)})
			lower = append(lower, vg.Point{X: x(at), Y: y(max(p.Lo, low))})
			upper = append(upper, vg.Point{X: x(at), Y: y(min(max(p.Hi, low), high))})
		}
	}
	if len(path) == 0 {
		return last, false
	}
	var dashes []vg.Length
	if look.Dashed {
		dashes = []vg.Length{5, 3}
	}
	if curve.Bare {
		slices.Reverse(lower)
		band := look.Color
		band.A = 0x33
		c.FillPolygon(band, slices.Concat(upper, lower))
	}
	line(c, look.Color, 1.8, dashes, path...)
	for i, at := range path {
		if !curve.Bare {
			line(c, look.Color, 3, nil, lower[i], upper[i])
			marker(c, look, at, 4.4)
		}
	}
	return path[len(path)-1], true
}

// An endLabel names a curve beside its end.
type endLabel struct {
	Curve
	y vg.Length
}

const lineSpace = 13

// drawLabels keeps the names in the order of their curves, and apart.
func drawLabels(c draw.Canvas, names []endLabel) {
	slices.SortStableFunc(names, func(a, b endLabel) int { return cmp.Compare(b.y, a.y) })
	total := vg.Length(0)
	for _, n := range names {
		total += n.height()
	}
	at, left := c.Max.Y, total
	for _, n := range names {
		// As near to the curve's end as the names above and below allow.
		at = min(at, max(n.y+n.height()/2, c.Min.Y+left))
		marker(c, LookOf(n.Arm), vg.Point{X: c.Max.X + 14, Y: at - lineSpace/2 - 1}, 4.4)
		for i, s := range textLines(n.Label) {
			y := at - lineSpace/2 - vg.Length(i)*lineSpace
			write(c, s, vg.Point{X: c.Max.X + 24, Y: y}, textSize, ink, i == 0, draw.XLeft)
		}
		at -= n.height()
		left -= n.height()
	}
}

func (n endLabel) height() vg.Length { return vg.Length(len(textLines(n.Label)))*lineSpace + 5 }
