package charts

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Dots is a chart of medians with intervals, one row each: the row's name on
// the left, its number on the right.
type Dots struct {
	Title  string
	Axis   Axis
	Groups []Group
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

// size implements Chart.
func (d Dots) size(f form) (w, h vg.Length) {
	height := f.headingHeight(f.heading(d.Title)) + f.axisHeight(d.Axis.Label) + rowsMargin
	for _, g := range d.Groups {
		height += g.headSpace(f) + f.rowHeight()*vg.Length(len(g.Rows))
	}
	return vg.Length(f.width), height
}

// rowsMargin is below the last row.
const rowsMargin = 6

// rowHeight has room for a marker and the processes below it, and on a phone
// for the line of text above.
func (f form) rowHeight() vg.Length {
	if f.narrow {
		return f.leading() + 22
	}
	return vg.Length(2 * f.text)
}

// headSpace is the height of what stands above a group's rows.
func (g Group) headSpace(f form) vg.Length {
	lines := 0
	if g.Label != "" || len(g.Refs) > 0 {
		lines = 1
	}
	if f.narrow && g.Label != "" && len(g.Refs) > 0 {
		lines = 2
	}
	if lines == 0 {
		return 0
	}
	return vg.Length(lines)*f.leading() + 8
}

// draw implements Chart.
func (d Dots) draw(c draw.Canvas, f form) {
	top := f.writeHeading(c, f.heading(d.Title))
	left, right := d.margins(f)
	bottom := c.Min.Y + f.axisHeight(d.Axis.Label)
	rows := dotRows{Canvas: c, form: f,
		x: d.Axis.across(c, d.values(), c.Min.X+left, c.Max.X-right, f.text)}
	rows.x.lines(c, func(x vg.Length) (from, to vg.Point) { return vg.Point{X: x, Y: bottom}, vg.Point{X: x, Y: top} })
	rows.x.below(c, f, bottom)
	for _, g := range d.Groups {
		top = rows.group(g, top)
	}
}

// mostName is the share of a chart that the names of its rows may take.
const mostName = 0.33

// margins are left and right of the plot.
func (d Dots) margins(f form) (left, right vg.Length) {
	if f.narrow {
		return edge + 14, edge + 14 // half a label
	}
	for _, g := range d.Groups {
		for _, r := range g.Rows {
			left = max(left, widthOf(r.Label, f.text, false))
			if !r.Unavailable {
				right = max(right, widthOf(r.Text, f.text, true))
			}
		}
	}
	most := vg.Length(mostName * f.width)
	return min(left, most) + edge + 22, max(min(right, most)+edge+12, 40)
}
