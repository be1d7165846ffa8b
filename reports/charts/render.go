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

// A Chart can be drawn in every form.
type Chart interface {
	size(form) (w, h vg.Length)
	draw(draw.Canvas, form)
}

// Images are a chart in the forms in which it is published.
type Images struct {
	PNG, SVG []byte // files
	// Parts of a page, in whose colours they are drawn and which writes the title:
	// one for wide windows and one for phones.
	Page, Phone template.HTML
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
	w, h := chart.size(forFile)
	pixels := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(color.White))}
	chart.draw(draw.New(pixels), forFile)
	var png bytes.Buffer
	if _, err := pixels.WriteTo(&png); err != nil {
		return Images{}, fmt.Errorf("draw chart %s: %w", name, err)
	}
	var vectors [3]string
	for i, f := range []form{forFile, forPage, forPhone} {
		if vectors[i], err = vector(chart, f); err != nil {
			return Images{}, fmt.Errorf("draw chart %s: %w", name, err)
		}
	}
	return Images{PNG: png.Bytes(), SVG: []byte(vectors[0]), Page: inline(vectors[1]), Phone: inline(vectors[2])}, nil
}

// vector draws a chart as an SVG.
func vector(chart Chart, f form) (string, error) {
	canvas := vgsvg.New(chart.size(f))
	chart.draw(draw.New(canvas), f)
	var svg bytes.Buffer
	_, err := canvas.WriteTo(&svg)
	return svg.String(), err
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
	for _, usual := range []string{"font-family:Liberation Sans;", "font-variant:normal;", "font-weight:normal;", "font-style:normal;"} {
		svg = strings.ReplaceAll(svg, usual, "") // the page sets the font, the rest is so anyway
	}
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
