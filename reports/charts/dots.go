package charts

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Dots is a chart of medians with intervals, one row each: the row's name on
// the left, its number on the right.
type Dots struct {
	Title  string
	Axis   Axis
	Groups []Group
	Width  float64 // points; 0 is the usual
}

// A Group is the rows that are compared with each other.
type Group struct {
	Label string // empty for no heading
	Rows  []Row
	Refs  []Ref // drawn through the group's rows
}

// A Row is one dot.
type Row struct {
	Arm         string // decides the look
	Label       string
	Text        string    // the number as text
	Values      []float64 // one a process, drawn small
	Median      float64
	Lo, Hi      float64
	Range       bool // Lo and Hi are a range of few values, not an interval
	Unavailable bool // there is no number: Text says why
}

// A Ref is a value that readers know.
type Ref struct {
	Value float64
	Label string
}

const (
	usualWidth = 640
	rowHeight  = 21
	groupSpace = 22
	headHeight = 30
	footHeight = 46
)

// Size is the chart's size.
func (d Dots) Size() (w, h vg.Length) {
	return vg.Points(d.width()), vg.Points(headHeight + footHeight + d.rowsHeight())
}

func (d Dots) width() float64 {
	if d.Width == 0 {
		return usualWidth
	}
	return d.Width
}

func (d Dots) rowsHeight() float64 {
	height := 8.0
	for _, g := range d.Groups {
		height += g.headSpace() + rowHeight*float64(len(g.Rows))
	}
	return height
}

func (g Group) headSpace() float64 {
	if g.Label == "" && len(g.Refs) == 0 {
		return 0
	}
	return groupSpace
}

// values are all that the axis must hold.
func (d Dots) values() []float64 {
	var vs []float64
	for _, g := range d.Groups {
		for _, r := range g.Rows {
			if !r.Unavailable {
				vs = append(vs, r.Median, r.Lo, r.Hi)
				vs = append(vs, r.Values...)
			}
		}
		for _, r := range g.Refs {
			vs = append(vs, r.Value)
		}
	}
	return vs
}

// Draw draws the chart.
func (d Dots) Draw(c draw.Canvas) {
	left, right := d.margins()
	write(c, d.Title, vg.Point{X: c.Min.X + 10, Y: c.Max.Y - 15}, titleSize, ink, true, draw.XLeft)

	p := newPlot()
	p.HideY()
	p.Y.Min, p.Y.Max = 0, d.rowsHeight()
	values := d.values()
	axis := d.Axis.scaled(values)
	room := d.width() - left.Points() - right.Points()
	axis.apply(&p.X, values, max(3, int(room/62)))
	p.Add(dotRows{d, axis, c.Min.X})
	p.Draw(draw.Crop(c, left, -right, 8, -headHeight))
}

func (d Dots) margins() (left, right vg.Length) {
	for _, g := range d.Groups {
		for _, r := range g.Rows {
			left = max(left, widthOf(r.Label, textSize, false))
			if !r.Unavailable {
				right = max(right, widthOf(r.Text, textSize, true))
			}
		}
	}
	return left + 32, right + 24
}

// dotRows draws what is inside the axes.
type dotRows struct {
	Dots
	axis Axis
	edge vg.Length // of the whole chart
}

// Plot implements plot.Plotter.
func (d dotRows) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	d.grid(c, p, x)
	at := d.rowsHeight() - 4
	for _, g := range d.Groups {
		if space := g.headSpace(); space > 0 {
			at -= space
			head := y(at + space*0.36)
			write(c, g.Label, vg.Point{X: d.edge + 10, Y: head}, textSize, ink, true, draw.XLeft)
			g.drawRefs(c, x, head, y(at), y(at-rowHeight*float64(len(g.Rows))))
		}
		for _, r := range g.Rows {
			at -= rowHeight
			d.row(c, r, y(at+rowHeight/2), x, p.X.Min)
		}
	}
}

func (d dotRows) grid(c draw.Canvas, p *plot.Plot, x func(float64) vg.Length) {
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if t.Label != "" {
			line(c, grid, 0.7, nil, vg.Point{X: x(t.Value), Y: c.Min.Y}, vg.Point{X: x(t.Value), Y: c.Max.Y})
		}
	}
}

// drawRefs draws lines through the rows, each with its name above unless that
// would run into the name before.
func (g Group) drawRefs(c draw.Canvas, x func(float64) vg.Length, head, top, bottom vg.Length) {
	free := c.Min.X
	for _, r := range g.Refs {
		line(c, muted, 0.9, []vg.Length{3, 3}, vg.Point{X: x(r.Value), Y: bottom}, vg.Point{X: x(r.Value), Y: top})
		half := widthOf(r.Label, noteSize, false) / 2
		if x(r.Value)-half >= free {
			write(c, r.Label, vg.Point{X: x(r.Value), Y: head}, noteSize, muted, false, draw.XCenter)
			free = x(r.Value) + half + 8
		}
	}
}

func (d dotRows) row(c draw.Canvas, r Row, y vg.Length, x func(float64) vg.Length, low float64) {
	write(c, r.Label, vg.Point{X: c.Min.X - 12, Y: y}, textSize, ink, false, draw.XRight)
	if r.Unavailable {
		write(c, r.Text, vg.Point{X: c.Min.X + 6, Y: y}, textSize, muted, false, draw.XLeft)
		return
	}
	write(c, r.Text, vg.Point{X: c.Max.X + 12, Y: y}, textSize, ink, true, draw.XLeft)
	look := LookOf(r.Arm)
	if d.axis.shows(r.Hi) && r.Lo >= -largest {
		width := 3.4
		if r.Range {
			width = 1.1
		}
		line(c, look.Color, width, nil, vg.Point{X: x(max(r.Lo, low)), Y: y}, vg.Point{X: x(r.Hi), Y: y})
	}
	for _, v := range r.Values {
		if d.axis.shows(v) {
			line(c, look.Color, 0.9, nil, vg.Point{X: x(v), Y: y - 8.5}, vg.Point{X: x(v), Y: y - 5.5})
		}
	}
	if d.axis.shows(r.Median) {
		marker(c, look, vg.Point{X: x(r.Median), Y: y}, 4.6)
	}
}
