package charts

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Shape is the outline of a marker.
type Shape int

// The shapes of markers.
const (
	Circle Shape = iota
	Square
	Triangle
	Diamond
	TriangleDown
	Pentagon
	Hexagon
)

// corners and first angle of the polygons; a circle has none.
var polygons = map[Shape]struct {
	corners int
	turn    float64
	size    float64 // so that all shapes weigh alike
}{
	Square:       {4, math.Pi / 4, 1.2},
	Triangle:     {3, math.Pi / 2, 1.3},
	Diamond:      {4, math.Pi / 2, 1.25},
	TriangleDown: {3, -math.Pi / 2, 1.3},
	Pentagon:     {5, math.Pi / 2, 1.1},
	Hexagon:      {6, 0, 1.1},
}

// marker draws a look's marker with an outline that keeps light colours visible.
func marker(c draw.Canvas, look Look, at vg.Point, radius vg.Length) {
	path := outline(look.Shape, at, radius)
	fill, line := color.Color(look.Color), color.Color(paper)
	width := vg.Points(0.8)
	if look.Hollow {
		fill, line, width = paper, look.Color, vg.Points(1.8)
	}
	c.SetColor(fill)
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: line, Width: width})
	c.Stroke(path)
}

func outline(s Shape, at vg.Point, radius vg.Length) vg.Path {
	var path vg.Path
	polygon, ok := polygons[s]
	if !ok {
		path.Move(vg.Point{X: at.X + radius, Y: at.Y})
		path.Arc(at, radius, 0, 2*math.Pi)
		path.Close()
		return path
	}
	for i := range polygon.corners {
		angle := polygon.turn + 2*math.Pi*float64(i)/float64(polygon.corners)
		r := radius.Points() * polygon.size
		corner := vg.Point{X: at.X + vg.Points(r*math.Cos(angle)), Y: at.Y + vg.Points(r*math.Sin(angle))}
		if i == 0 {
			path.Move(corner)
		} else {
			path.Line(corner)
		}
	}
	path.Close()
	return path
}
