package charts

import (
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Overview is several measures of the same arms side by side: each arm is a row
// of all panels, and is named once. On a phone the panels are below each other.
type Overview struct {
	Title  string
	Note   string // below the title of a file
	Panels []Panel
}

// A Panel is one measure.
type Panel struct {
	Title string
	Axis  Axis
	Rows  []Row
}

// form is wider than that of other charts, and with larger text, since a wide
// picture is often shown smaller than it is.
func (o Overview) form(f form) form {
	if !f.narrow {
		f.width, f.text, f.title = 896, 12, 15
	}
	return f
}

// arms are the rows, in the order of the panel with most of them.
func (o Overview) arms() []string {
	var all []string
	panels := slices.Clone(o.Panels)
	slices.SortStableFunc(panels, func(a, b Panel) int { return len(b.Rows) - len(a.Rows) })
	for _, p := range panels {
		for _, r := range p.Rows {
			if !slices.Contains(all, r.Arm) {
				all = append(all, r.Arm)
			}
		}
	}
	return all
}

// chart is a panel as a chart of its own.
func (p Panel) chart() Dots {
	return Dots{Title: p.Title, Axis: p.Axis, Groups: []Group{{Rows: p.Rows}}}
}

// size implements Chart.
func (o Overview) size(f form) (w, h vg.Length) {
	f = o.form(f)
	h = f.headingHeight(f.heading(o.Title))
	if f.titled {
		h += f.leading()*vg.Length(len(f.axisWords(o.Note))) + noteSpace
	}
	if f.narrow {
		for _, p := range o.Panels {
			_, height := p.chart().size(f)
			h += f.panelTitle(p.Title) + height + panelGap
		}
		return vg.Length(f.width), h
	}
	g := o.panelForm(f)
	title, axis := vg.Length(0), vg.Length(0)
	for _, p := range o.Panels {
		title, axis = max(title, g.panelTitle(p.Title)), max(axis, g.axisHeight(p.Axis.Label))
	}
	return vg.Length(f.width), h + title + f.rowHeight()*vg.Length(len(o.arms())) + rowsMargin + axis
}

// noteSpace is below the note.
const noteSpace = 8

// panelForm is the form of one of the panels that stand side by side.
func (o Overview) panelForm(f form) form {
	f.width = (f.width - float64(o.nameWidth(f))) / float64(max(1, len(o.Panels)))
	return f
}

// nameWidth is the width of the names of the rows.
func (o Overview) nameWidth(f form) (w vg.Length) {
	for _, arm := range o.arms() {
		w = max(w, widthOf(arm, f.text, false))
	}
	return min(w, vg.Length(mostName*f.width)) + edge
}

// panelTitle is the height of the title of a panel.
func (f form) panelTitle(title string) vg.Length {
	return f.leading()*vg.Length(len(f.panelWords(title))) + 8
}

func (f form) panelWords(title string) []string {
	return wrap(title, vg.Length(f.width)-panelMargin-edge, f.text+0.5, true)
}

// draw implements Chart.
func (o Overview) draw(c draw.Canvas, f form) {
	f = o.form(f)
	y := f.writeHeading(c, f.heading(o.Title))
	if f.titled {
		for _, words := range f.axisWords(o.Note) {
			write(c, words, vg.Point{X: c.Min.X + edge, Y: y + 3 - f.leading()/2}, f.text, muted, false, draw.XLeft)
			y -= f.leading()
		}
		y -= noteSpace
	}
	if f.narrow {
		o.below(c, f, y)
	} else {
		o.beside(c, f, y)
	}
}

// below draws the panels below each other.
func (o Overview) below(c draw.Canvas, f form, y vg.Length) {
	for _, p := range o.Panels {
		y -= p.title(c, f, c.Min.X+edge, y)
		_, h := p.chart().size(f)
		p.chart().draw(area(c, c.Min.X, c.Max.X, y-h, y), f)
		y -= h + panelGap
	}
}

// panelGap is between panels below each other.
const panelGap = 14

// beside draws the panels side by side.
func (o Overview) beside(c draw.Canvas, f form, y vg.Length) {
	g, arms := o.panelForm(f), o.arms()
	left, title := c.Min.X+o.nameWidth(f), vg.Length(0)
	for _, p := range o.Panels {
		title = max(title, g.panelTitle(p.Title))
	}
	for i, arm := range arms {
		at := y - title - f.rowHeight()*(vg.Length(i)+0.5)
		write(c, cut(arm, left-c.Min.X-edge, f.text, false), vg.Point{X: left, Y: at}, f.text, ink, false, draw.XRight)
	}
	for _, p := range o.Panels {
		right := left + vg.Length(g.width)
		p.title(c, g, left+panelMargin, y)
		p.rows(area(c, left, right, c.Min.Y, y-title), g, arms)
		left = right
	}
}

// panelMargin is from the names, or the panel before, to a panel's plot.
const panelMargin = 22

// title writes the title of a panel and returns its height.
func (p Panel) title(c draw.Canvas, f form, x, y vg.Length) vg.Length {
	for i, words := range f.panelWords(p.Title) {
		write(c, words, vg.Point{X: x, Y: y - f.leading()*(vg.Length(i)+0.5)}, f.text+0.5, ink, true, draw.XLeft)
	}
	return f.panelTitle(p.Title)
}

// rows draws a panel without the names of its rows.
func (p Panel) rows(c draw.Canvas, f form, arms []string) {
	numbers := vg.Length(0)
	for _, r := range p.Rows {
		if !r.Unavailable {
			numbers = max(numbers, widthOf(r.Text, f.text, true))
		}
	}
	numbers = min(numbers, vg.Length(mostName*f.width))
	x := p.Axis.across(c, p.chart().values(), c.Min.X+panelMargin, c.Max.X-max(28, numbers+12+4), f.text)
	bottom := c.Max.Y - f.rowHeight()*vg.Length(len(arms)) - rowsMargin
	x.lines(c, func(x vg.Length) (from, to vg.Point) { return vg.Point{X: x, Y: bottom}, vg.Point{X: x, Y: c.Max.Y} })
	x.below(c, f, bottom)
	d := dotRows{Canvas: c, form: f, x: x}
	for i, arm := range arms {
		y := c.Max.Y - f.rowHeight()*(vg.Length(i)+0.5)
		at := slices.IndexFunc(p.Rows, func(r Row) bool { return r.Arm == arm })
		if at < 0 {
			write(c, "–", vg.Point{X: x.to + 12, Y: y}, f.text, muted, false, draw.XLeft)
			continue
		}
		row := p.Rows[at]
		row.Label = ""
		d.names(row, y, x.from, draw.XRight, x.to+12, draw.XLeft)
		d.mark(row, y)
	}
}

// area is a part of a canvas.
func area(c draw.Canvas, left, right, bottom, top vg.Length) draw.Canvas {
	c.Rectangle = vg.Rectangle{Min: vg.Point{X: left, Y: bottom}, Max: vg.Point{X: right, Y: top}}
	return c
}
