package charts

import (
	"fmt"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
	"pgregory.net/rapid"
)

// A textBox is where a text stands in a drawing.
type textBox struct {
	text string
	vg.Rectangle
}

// texts draws a chart and returns the boxes of all its texts, from the base line
// to the height of capitals.
func texts(chart Chart, f form) (boxes []textBox, w, h vg.Length) {
	w, h = chart.size(f)
	var canvas recorder.Canvas
	chart.draw(draw.NewCanvas(&canvas, w, h), f)
	for _, action := range canvas.Actions {
		if a, ok := action.(*recorder.FillString); ok {
			width := widthOf(a.String, float64(a.Size), a.Font.Weight != 0)
			boxes = append(boxes, textBox{a.String, vg.Rectangle{Min: a.Point, Max: a.Point.Add(vg.Point{X: width, Y: capitals * a.Size})}})
		}
	}
	return boxes, w, h
}

// checkTexts finds texts that touch each other or leave the picture.
func checkTexts(chart Chart, f form) error {
	boxes, w, h := texts(chart, f)
	for i, a := range boxes {
		if a.Min.X < 0 || a.Min.Y < 0 || a.Max.X > w || a.Max.Y > h {
			return fmt.Errorf("%q leaves the picture of %.0f × %.0f: %v", a.text, w, h, a.Rectangle)
		}
		for _, b := range boxes[:i] {
			if a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y {
				return fmt.Errorf("%q and %q overlap: %v and %v", b.text, a.text, b.Rectangle, a.Rectangle)
			}
		}
	}
	return nil
}

var forms = map[string]form{"file": forFile, "page": forPage, "phone": forPhone}

// words are names as they come from journals: none, short ones and endless ones.
var words = rapid.OneOf(
	rapid.SampledFrom([]string{"", "threads", "goroutine/procs=1", "kind=cpu-yield  scale 0.2", strings.Repeat("long ", 60), strings.Repeat("W", 300), "日本語 😀"}),
	rapid.StringN(0, 40, -1))

func aRow(t *rapid.T) Row {
	a, b, c := awkward.Draw(t, "low"), awkward.Draw(t, "middle"), awkward.Draw(t, "high")
	return Row{Arm: "a", Label: words.Draw(t, "name"), Text: words.Draw(t, "number"), Values: []float64{a, c},
		Median: b, Lo: min(a, b, c), Hi: max(a, b, c), Unavailable: rapid.Bool().Draw(t, "unavailable")}
}

func TestNoTextTouchesAnotherOrLeavesThePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := Axis{Label: words.Draw(t, "axis"), Log: rapid.Bool().Draw(t, "log"), Unit: rapid.SampledFrom(units).Draw(t, "unit")}
		dots := Dots{Title: words.Draw(t, "title"), Axis: axis}
		overview := Overview{Title: words.Draw(t, "overview"), Note: words.Draw(t, "note")}
		curves := Lines{Title: words.Draw(t, "curves"), X: Axis{Label: words.Draw(t, "x"), Log: true}, Y: axis}
		for range rapid.IntRange(0, 3).Draw(t, "groups") {
			g := Group{Label: words.Draw(t, "group"), Rows: rapid.SliceOfN(rapid.Custom(aRow), 0, 3).Draw(t, "rows")}
			for range rapid.IntRange(0, 2).Draw(t, "refs") {
				g.Refs = append(g.Refs, Ref{awkward.Draw(t, "ref"), words.Draw(t, "ref name")})
			}
			dots.Groups = append(dots.Groups, g)
			overview.Panels = append(overview.Panels, Panel{words.Draw(t, "panel"), axis, g.Rows})
			curve := Curve{Arm: "a", Label: words.Draw(t, "curve") + "\nR²"}
			for i, r := range g.Rows {
				curve.Points = append(curve.Points, Point{float64(i + 1), r.Median, r.Lo, r.Hi})
			}
			curves.Curves = append(curves.Curves, curve)
		}
		for name, f := range forms {
			for _, chart := range []Chart{dots, overview, curves} {
				if err := checkTexts(chart, f); err != nil {
					t.Fatalf("%T for %s: %v", chart, name, err)
				}
			}
		}
	})
}
