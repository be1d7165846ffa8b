package charts

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// dotRows draws the rows of a chart of dots.
type dotRows struct {
	draw.Canvas
	form
	x scale
}

// group draws a group from top downward and returns where it ends.
func (d dotRows) group(g Group, top vg.Length) vg.Length {
	space := g.headSpace(d.form)
	if space > 0 {
		d.head(g, top-8-d.leading()/2, top-space, top-space-d.rowHeight()*vg.Length(len(g.Rows)))
	}
	top -= space
	for _, r := range g.Rows {
		d.row(r, top)
		top -= d.rowHeight()
	}
	return top
}

// head writes the name of a group at y, and draws the values that readers know
// through its rows, each with its name unless that would touch another text.
func (d dotRows) head(g Group, y, from, to vg.Length) {
	left, right := d.Min.X+edge, d.Max.X-edge
	label := cut(g.Label, right-left, d.text, true)
	d.word(label, vg.Point{X: left, Y: y}, true, draw.XLeft)
	switch {
	case d.narrow && label != "":
		y -= d.leading()
	case label != "":
		left += widthOf(label, d.text, true) + labelGap
	}
	for _, r := range g.Refs {
		if !d.x.shows(r.Value) {
			continue
		}
		x := d.x.at(r.Value)
		line(d.Canvas, muted, 0.9, []vg.Length{3, 3}, vg.Point{X: x, Y: to}, vg.Point{X: x, Y: from})
		half := widthOf(r.Label, d.note(), false) / 2
		if middle := min(max(x, left+half), right-half); middle-half >= left && middle-x < half && x-middle < half {
			write(d.Canvas, r.Label, vg.Point{X: middle, Y: y}, d.note(), muted, false, draw.XCenter)
			left = middle + half + labelGap
		}
	}
}

// row draws a row whose upper edge is at top.
func (d dotRows) row(r Row, top vg.Length) {
	if d.narrow {
		y := top - d.leading()/2
		d.names(r, y, d.Min.X+edge, draw.XLeft, d.Max.X-edge, draw.XRight)
		d.mark(r, y-d.leading()+1)
		return
	}
	y := top - d.rowHeight()/2
	d.names(r, y, d.x.from-12, draw.XRight, d.x.to+12, draw.XLeft)
	d.mark(r, y)
}

// names writes the name of a row and its number.
func (d dotRows) names(r Row, y, name vg.Length, nameAlign draw.XAlignment, number vg.Length, numberAlign draw.XAlignment) {
	room := vg.Length(mostName * d.width)
	if d.narrow {
		room = (d.Max.X - d.Min.X - 2*edge - labelGap) / 2
	}
	d.word(cut(r.Label, room, d.text, false), vg.Point{X: name, Y: y}, false, nameAlign)
	if !r.Unavailable {
		d.word(cut(r.Text, room, d.text, true), vg.Point{X: number, Y: y}, true, numberAlign)
	}
}

// word writes a text on a ground that keeps the lines of the plot out of it.
func (d dotRows) word(s string, at vg.Point, bold bool, align draw.XAlignment) {
	if s != "" {
		left, size := at.X+vg.Length(align)*widthOf(s, d.text, bold), vg.Length(d.text)
		ground := area(d.Canvas, left-2, left+widthOf(s, d.text, bold)+2, at.Y-0.55*size, at.Y+0.5*size)
		ground.FillPolygon(paper, []vg.Point{ground.Min, {X: ground.Max.X, Y: ground.Min.Y}, ground.Max, {X: ground.Min.X, Y: ground.Max.Y}})
	}
	write(d.Canvas, s, at, d.text, ink, bold, align)
}

// mark draws median, interval and processes of a row, or writes why there are none.
func (d dotRows) mark(r Row, y vg.Length) {
	line(d.Canvas, grid, 0.7, []vg.Length{1, 3}, vg.Point{X: d.x.from, Y: y}, vg.Point{X: d.x.to, Y: y})
	if r.Unavailable {
		left := d.x.from + 6
		if d.narrow {
			left = d.Min.X + edge
		}
		write(d.Canvas, cut(r.Text, d.Max.X-edge-left, d.text, false), vg.Point{X: left, Y: y}, d.text, muted, false, draw.XLeft)
		return
	}
	look := LookOf(r.Arm)
	if d.x.shows(r.Hi) && r.Lo >= -largest {
		width := 3.4
		if r.Range {
			width = 1.1
		}
		line(d.Canvas, look.Color, width, nil, vg.Point{X: d.x.at(r.Lo), Y: y}, vg.Point{X: d.x.at(r.Hi), Y: y})
	}
	var processes [][]vg.Point
	for _, v := range r.Values {
		if d.x.shows(v) {
			processes = append(processes, []vg.Point{{X: d.x.at(v), Y: y - 8.5}, {X: d.x.at(v), Y: y - 5.5}})
		}
	}
	strokes(d.Canvas, look.Color, 0.9, nil, processes...)
	if d.x.shows(r.Median) {
		marker(d.Canvas, look, vg.Point{X: d.x.at(r.Median), Y: y}, 4.6)
	}
}
