package charts

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Overview is several charts of dots side by side.
type Overview struct {
	Title  string
	Note   string // below the title
	Panels []Dots
}

const overviewHead = 52

// Size is the chart's size.
func (o Overview) Size() (w, h vg.Length) {
	for _, d := range o.Panels {
		panelWidth, panelHeight := d.Size()
		w += panelWidth
		h = max(h, panelHeight)
	}
	return w, h + overviewHead
}

// Draw draws the chart.
func (o Overview) Draw(c draw.Canvas) {
	write(c, o.Title, vg.Point{X: c.Min.X + 10, Y: c.Max.Y - 18}, titleSize+2, ink, true, draw.XLeft)
	write(c, o.Note, vg.Point{X: c.Min.X + 10, Y: c.Max.Y - 37}, textSize, muted, false, draw.XLeft)
	left := c.Min.X
	for _, d := range o.Panels {
		w, h := d.Size()
		top := c.Max.Y - overviewHead
		d.Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: left, Y: top - h}, Max: vg.Point{X: left + w, Y: top}}})
		left += w
	}
}
