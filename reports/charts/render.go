package charts

import (
	"bytes"
	"fmt"
	"html/template"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A Chart can be drawn.
type Chart interface {
	Size() (w, h vg.Length)
	Draw(draw.Canvas)
}

// Images are a chart in the forms in which it is published.
type Images struct {
	PNG, SVG []byte        // files
	Inline   template.HTML // part of a page, in whose colours it is drawn
}

// dpi makes pictures sharp on screens with two pixels for one.
const dpi = 144

// Render draws a chart. A chart that the plotting library cannot draw is an
// error that names it, never half a picture.
func Render(name string, chart Chart) (images Images, err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics on input it does not like
			images, err = Images{}, fmt.Errorf("draw chart %s: %v", name, p)
		}
	}()
	w, h := chart.Size()
	pixels := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(color.White))}
	chart.Draw(draw.New(pixels))
	var png, svg bytes.Buffer
	if _, err := pixels.WriteTo(&png); err != nil {
		return Images{}, fmt.Errorf("draw chart %s: %w", name, err)
	}
	vectors := vgsvg.New(w, h)
	chart.Draw(draw.New(vectors))
	if _, err := vectors.WriteTo(&svg); err != nil {
		return Images{}, fmt.Errorf("draw chart %s: %w", name, err)
	}
	return Images{PNG: png.Bytes(), SVG: svg.Bytes(), Inline: inline(svg.String())}, nil
}

// inline makes an SVG part of a page: without the declaration of a document,
// without a size of its own, and with the page's colours where they are not data.
func inline(svg string) template.HTML {
	if at := strings.Index(svg, "<svg"); at > 0 {
		svg = svg[at:]
	}
	if from, to := strings.Index(svg, ` width="`), strings.Index(svg, ` viewBox=`); from >= 0 && from < to {
		svg = svg[:from] + ` aria-hidden="true"` + svg[to:]
	}
	svg = strings.Replace(svg, "\n\txmlns:xlink=\"http://www.w3.org/1999/xlink\"", "", 1)
	for _, c := range []struct {
		color color.NRGBA
		name  string
	}{{ink, "ink"}, {muted, "muted"}, {grid, "grid"}, {shade, "shade"}, {paper, "paper"}, {graphite, "serial"}} {
		hex := fmt.Sprintf("#%02X%02X%02X", c.color.R, c.color.G, c.color.B)
		svg = strings.ReplaceAll(svg, hex, "var(--"+c.name+")")
	}
	// The library escapes the text it is given; the rest it wrote itself.
	return template.HTML(svg)
}
