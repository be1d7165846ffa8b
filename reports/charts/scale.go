package charts

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A scale is an axis as it is drawn: from one point to another, with its labels.
type scale struct {
	Axis
	labelling
	ruler
	from, to vg.Length
}

// Between two labels, and the most labels in a row.
const (
	labelGap   = 10
	mostLabels = 8
)

// across lays an axis from left to right, on a canvas beyond whose edges no label
// may reach.
func (a Axis) across(c draw.Canvas, values []float64, from, to vg.Length, size float64) scale {
	return a.lay(values, from, to, ruler{
		extent: func(s string) float64 { return float64(widthOf(s, size, false)) },
		beyond: [2]float64{float64(from - c.Min.X), float64(c.Max.X - to)}})
}

// upward lays an axis from the bottom to the top.
func (a Axis) upward(values []float64, from, to vg.Length, size float64) scale {
	return a.lay(values, from, to, ruler{extent: func(string) float64 { return size }, beyond: [2]float64{size, size}})
}

func (a Axis) lay(values []float64, from, to vg.Length, r ruler) scale {
	a = a.scaled(values)
	low, high := a.bounds(values)
	r.length, r.most, r.gap = float64(to-from), mostLabels, labelGap
	return scale{a, a.choose(low, high, r), r, from, to}
}

// at is where a value stands, or the end of the axis beyond which it lies.
func (s scale) at(v float64) vg.Length {
	if !(v > s.low) {
		return s.from
	}
	return s.from + vg.Length(s.share(min(v, s.high), s.low, s.high))*(s.to-s.from)
}

// below draws the axis under a plot whose lower edge is at y, and returns where
// it ends.
func (s scale) below(c draw.Canvas, f form, y vg.Length) vg.Length {
	ticks := [][]vg.Point{{{X: s.from, Y: y}, {X: s.to, Y: y}}}
	text := y - tickLength - f.leading()/2
	for _, m := range s.marks {
		x := s.at(m.value)
		ticks = append(ticks, []vg.Point{{X: x, Y: y}, {X: x, Y: y - m.length()}})
		x = s.from + vg.Length(s.center(s.share(m.value, s.low, s.high), m.label))
		write(c, m.label, vg.Point{X: x, Y: text}, f.text, muted, false, draw.XCenter)
	}
	strokes(c, muted, 0.6, nil, ticks...)
	for _, words := range f.axisWords(s.Label) {
		text -= f.leading()
		half := widthOf(words, f.text, false) / 2
		x := min(max((s.from+s.to)/2, c.Min.X+edge+half), c.Max.X-edge-half)
		write(c, words, vg.Point{X: x, Y: text}, f.text, muted, false, draw.XCenter)
	}
	return text
}

// beside draws the axis on the left of a plot whose left edge is at x.
func (s scale) beside(c draw.Canvas, f form, x vg.Length) {
	ticks := [][]vg.Point{{{X: x, Y: s.from}, {X: x, Y: s.to}}}
	for _, m := range s.marks {
		y := s.at(m.value)
		ticks = append(ticks, []vg.Point{{X: x, Y: y}, {X: x - m.length(), Y: y}})
		write(c, m.label, vg.Point{X: x - tickLength - 3, Y: y}, f.text, muted, false, draw.XRight)
	}
	strokes(c, muted, 0.6, nil, ticks...)
}

const tickLength = 5

// length is that of the tick: longer where there is a label.
func (m mark) length() vg.Length {
	if m.label == "" {
		return tickLength / 2
	}
	return tickLength
}

// lines draws the grid: a line through each label.
func (s scale) lines(c draw.Canvas, between func(vg.Length) (from, to vg.Point)) {
	var all [][]vg.Point
	for _, m := range s.marks {
		if m.label != "" {
			from, to := between(s.at(m.value))
			all = append(all, []vg.Point{from, to})
		}
	}
	strokes(c, grid, 0.7, nil, all...)
}

// widest is the width of the widest label.
func (s scale) widest(f form) (w vg.Length) {
	for _, m := range s.marks {
		w = max(w, widthOf(m.label, f.text, false))
	}
	return w
}
