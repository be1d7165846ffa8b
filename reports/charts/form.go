package charts

import (
	"strings"
	"unicode"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A form is for what a chart is drawn: how wide it is and how large its text.
type form struct {
	width       float64 // points, of a chart of its own
	text, title float64 // sizes of text, points
	titled      bool    // a page writes the title itself
	narrow      bool    // names stand above what they name, not beside it
}

// The forms of a chart. That for a phone is as wide as the text of a page on a
// screen of 390 pixels, so that its text is as large as it says.
var (
	forFile  = form{width: 640, text: 10.5, title: 13, titled: true}
	forPage  = form{width: 640, text: 10.5, title: 13}
	forPhone = form{width: 358, text: 12, title: 13, narrow: true}
)

// edge is what stays free at the edges of a chart.
const edge = 10

// leading is from one line of text to the next.
func (f form) leading() vg.Length { return vg.Length(1.35 * f.text) }

// note is the size of the smallest text.
func (f form) note() float64 { return f.text - 1.5 }

// heading returns the lines of a title, of which there are none where the page
// writes it.
func (f form) heading(title string) []string {
	if !f.titled {
		return nil
	}
	return wrap(title, vg.Length(f.width)-2*edge, f.title, true)
}

// headingHeight is the height of a title of so many lines.
func (f form) headingHeight(lines []string) vg.Length {
	if len(lines) == 0 {
		return 4
	}
	return vg.Length(len(lines))*vg.Length(1.35*f.title) + 12
}

// writeHeading writes a title and returns where it ends.
func (f form) writeHeading(c draw.Canvas, lines []string) vg.Length {
	y := c.Max.Y - 6 - vg.Length(0.7*f.title)
	for _, words := range lines {
		write(c, words, vg.Point{X: c.Min.X + edge, Y: y}, f.title, ink, true, draw.XLeft)
		y -= vg.Length(1.35 * f.title)
	}
	return c.Max.Y - f.headingHeight(lines)
}

// axisWords are the lines of an axis's name.
func (f form) axisWords(name string) []string {
	return wrap(name, vg.Length(f.width)-2*edge, f.text, false)
}

// axisHeight is the height of an axis below a plot.
func (f form) axisHeight(name string) vg.Length {
	return tickLength + f.leading()*vg.Length(1+len(f.axisWords(name))) + 4
}

// mostLines is where a title ends: what does not fit is cut.
const mostLines = 3

// wrap splits text into lines of at most a width.
func wrap(s string, width vg.Length, size float64, bold bool) []string {
	var lines []string
	current := ""
	for word := range strings.FieldsFuncSeq(s, breaks) {
		with := strings.TrimSpace(current + " " + word)
		if current != "" && widthOf(with, size, bold) > width {
			lines, with = append(lines, current), word
		}
		current = with
	}
	if current != "" {
		lines = append(lines, current)
	}
	if len(lines) > mostLines {
		lines[mostLines-1] += " …"
		lines = lines[:mostLines]
	}
	for i, l := range lines {
		lines[i] = cut(l, width, size, bold)
	}
	return lines
}

// breaks reports whether a line may end at r, which it may not between a number
// and its unit.
func breaks(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' }

// cut shortens text to a width, and says so by an ellipsis.
func cut(s string, width vg.Length, size float64, bold bool) string {
	if widthOf(s, size, bold) <= width {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes) // so many runes fit, so many do not
	for high-low > 1 {
		if middle := (low + high) / 2; widthOf(string(runes[:middle])+"…", size, bold) <= width {
			low = middle
		} else {
			high = middle
		}
	}
	return strings.TrimRight(string(runes[:low]), " \u00a0") + "…"
}
