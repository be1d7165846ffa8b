package charts

import (
	"image/color"
	"strings"
	"unicode"

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

// A typeface that draws every sign the charts use. The library's own default
// is a serif.
func style(size float64, c color.Color, bold bool) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Points(size)}
	if bold {
		f.Weight = 3 // bold, by the count of golang.org/x/image/font
	}
	return text.Style{Color: c, Font: f, YAlign: draw.YBottom, Handler: plot.DefaultTextHandler}
}

// capitals is the height of a capital letter, as a share of the size of its font.
const capitals = 0.72

// write puts s at a point, from it to the right, or to the left of it. The
// middle of its capitals is at the height of the point.
func write(c draw.Canvas, s string, at vg.Point, size float64, col color.Color, bold bool, x draw.XAlignment) {
	if s = oneLine(s); s == "" {
		return
	}
	sty := style(size, col, bold)
	sty.XAlign = x
	// The library puts the base line one size below the top, less the ascent.
	at.Y += sty.FontExtents().Ascent - sty.Font.Size*(1+capitals/2)
	c.FillText(sty, at, s)
}

func widthOf(s string, size float64, bold bool) vg.Length {
	return style(size, ink, bold).Width(oneLine(s))
}

// oneLine makes spaces of what would begin another line, or is no character to
// be seen.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

func line(c draw.Canvas, col color.Color, width float64, dashes []vg.Length, points ...vg.Point) {
	strokes(c, col, width, dashes, points)
}

// strokes draws lines of one look as one element of a drawing, which keeps pages small.
func strokes(c draw.Canvas, col color.Color, width float64, dashes []vg.Length, lines ...[]vg.Point) {
	var path vg.Path
	for _, points := range lines {
		for i, at := range points {
			if i == 0 {
				path.Move(at)
			} else {
				path.Line(at)
			}
		}
	}
	if len(path) == 0 {
		return
	}
	c.SetLineStyle(draw.LineStyle{Color: col, Width: vg.Points(width), Dashes: dashes})
	c.Stroke(path)
}
