package charts

import (
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Lines is a chart of curves with intervals. Where there is room, each curve is
// named at its end, so that no legend has to be looked up.
type Lines struct {
	Title  string
	X, Y   Axis
	Curves []Curve
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

// plotHeight leaves room for all names beside the curves.
func (l Lines) plotHeight(f form) vg.Length {
	if f.narrow {
		return 240
	}
	return max(280, namesHeight(l.names(), f))
}

// size implements Chart.
func (l Lines) size(f form) (w, h vg.Length) {
	h = f.headingHeight(f.heading(l.Title)) + l.nameHeight(f) + l.plotHeight(f) + f.axisHeight(l.X.Label)
	if f.narrow {
		h += namesHeight(l.names(), f)
	}
	return vg.Length(f.width), h
}

// nameHeight is that of the name of the Y axis, which stands above it, where it
// can be read.
func (l Lines) nameHeight(f form) vg.Length {
	return f.leading()*vg.Length(len(f.axisWords(l.Y.Label))) + 10
}

// draw implements Chart.
func (l Lines) draw(c draw.Canvas, f form) {
	y := f.writeHeading(c, f.heading(l.Title))
	top := y - l.nameHeight(f)
	for i, words := range f.axisWords(l.Y.Label) {
		write(c, words, vg.Point{X: c.Min.X + edge, Y: y - f.leading()*(vg.Length(i)+0.5)}, f.text, muted, false, draw.XLeft)
	}
	bottom, right := top-l.plotHeight(f), c.Max.X-edge-14
	if !f.narrow {
		right = c.Max.X - namesWidth(l.names(), f)
	}
	p := l.plot(c, f, right, bottom, top)
	ends := p.draw(l.Curves)
	if f.narrow {
		listNames(c, f, ends, c.Min.Y+namesHeight(l.names(), f))
	} else {
		nameEnds(c, f, ends, right+14, bottom, top)
	}
}

// plot lays and draws the axes. The room that the labels of Y take is known only
// when they are chosen, and they are chosen by their height.
func (l Lines) plot(c draw.Canvas, f form, right, bottom, top vg.Length) plotted {
	x := l.X.scaled(l.places()) // first: it decides which points there are
	xs, ys := l.values(x)
	y := l.Y.upward(ys, bottom, top, f.text)
	left := c.Min.X + edge + y.widest(f) + tickLength + 3
	p := plotted{c, f, l.X.across(c, xs, left, right, f.text), y}
	p.y.lines(c, func(y vg.Length) (from, to vg.Point) { return vg.Point{X: left, Y: y}, vg.Point{X: right, Y: y} })
	p.x.lines(c, func(x vg.Length) (from, to vg.Point) { return vg.Point{X: x, Y: bottom}, vg.Point{X: x, Y: top} })
	p.x.below(c, f, bottom)
	p.y.beside(c, f, left)
	return p
}

func (l Lines) places() (xs []float64) {
	for _, curve := range l.Curves {
		for _, p := range curve.Points {
			xs = append(xs, l.X.place(p.X))
		}
	}
	return xs
}

// values are those of the points that the X axis shows.
func (l Lines) values(x Axis) (xs, ys []float64) {
	for _, curve := range l.Curves {
		for _, p := range curve.Points {
			if x.shows(x.place(p.X)) {
				xs = append(xs, x.place(p.X))
				ys = append(ys, p.Y, p.Lo, p.Hi)
			}
		}
	}
	return xs, ys
}

// plotted is what is inside the axes.
type plotted struct {
	draw.Canvas
	form
	x, y scale
}

// draw draws the curves and returns where each ends.
func (p plotted) draw(all []Curve) []endLabel {
	var ends []endLabel
	for _, curve := range all {
		if last, ok := p.curve(curve); ok {
			ends = append(ends, endLabel{curve, last.Y})
		}
	}
	return ends
}

// curve draws one curve and returns its last point.
func (p plotted) curve(curve Curve) (last vg.Point, ok bool) {
	look := LookOf(curve.Arm)
	var path, lower, upper []vg.Point
	for _, at := range curve.Points {
		if place := p.x.place(at.X); p.y.shows(at.Y) && p.x.shows(place) {
			x := p.x.at(place)
			path = append(path, vg.Point{X: x, Y: p.y.at(at.Y)})
			lower, upper = append(lower, vg.Point{X: x, Y: p.y.at(at.Lo)}), append(upper, vg.Point{X: x, Y: p.y.at(at.Hi)})
		}
	}
	if len(path) == 0 {
		return last, false
	}
	if curve.Bare {
		slices.Reverse(lower)
		band := look.Color
		band.A = 0x33
		p.FillPolygon(band, slices.Concat(upper, lower))
	}
	line(p.Canvas, look.Color, 1.8, look.dashes(), path...)
	for i, at := range path {
		if !curve.Bare {
			line(p.Canvas, look.Color, 3, nil, lower[i], upper[i])
			marker(p.Canvas, look, at, 4.4)
		}
	}
	return path[len(path)-1], true
}
