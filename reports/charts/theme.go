package charts

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The colours that are not data. Each is used for nothing else, so that a page
// can replace it: see inline.
var (
	ink   = color.NRGBA{0x1f, 0x23, 0x28, 0xff}
	muted = color.NRGBA{0x59, 0x63, 0x6e, 0xff}
	grid  = color.NRGBA{0xdf, 0xe3, 0xe8, 0xff}
	shade = color.NRGBA{0xf1, 0xf3, 0xf5, 0xff}
	paper = color.NRGBA{0xfe, 0xfe, 0xfe, 0xff}
)

const (
	titleSize = 13
	textSize  = 10.5
	noteSize  = 9
)

// A typeface that draws every sign the charts use. The library's own default
// is a serif.
func style(size float64, c color.Color, bold bool) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Points(size)}
	if bold {
		f.Weight = 3 // bold, by the count of golang.org/x/image/font
	}
	return text.Style{Color: c, Font: f, YAlign: draw.YCenter, Handler: plot.DefaultTextHandler}
}

// write puts s at a point, from it to the right, or to the left of it.
func write(c draw.Canvas, s string, at vg.Point, size float64, col color.Color, bold bool, x draw.XAlignment) {
	sty := style(size, col, bold)
	sty.XAlign = x
	c.FillText(sty, at, s)
}

func widthOf(s string, size float64, bold bool) vg.Length {
	return style(size, ink, bold).Width(s)
}

func line(c draw.Canvas, col color.Color, width float64, dashes []vg.Length, points ...vg.Point) {
	c.StrokeLines(draw.LineStyle{Color: col, Width: vg.Points(width), Dashes: dashes}, points)
}

func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil // the SVG writer cannot write a transparent one
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		plain := style(textSize, muted, false).Font
		axis.Label.TextStyle.Font, axis.Tick.Label.Font = plain, plain
		axis.Label.TextStyle.Color = muted
		axis.Tick.Label.Color = muted
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = muted, muted
		axis.LineStyle.Width, axis.Tick.LineStyle.Width = vg.Points(0.6), vg.Points(0.6)
		axis.Tick.Length = vg.Points(4)
		axis.Padding = 0
	}
	return p
}
