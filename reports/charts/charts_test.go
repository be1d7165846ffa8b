package charts

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

// render draws a chart and checks that both files are whole.
func render(t interface {
	Helper()
	Fatalf(string, ...any)
}, chart Chart) (Images, image.Image) {
	t.Helper()
	images, err := Render("test", chart)
	if err != nil {
		t.Fatalf("%v", err)
	}
	picture, err := png.Decode(bytes.NewReader(images.PNG))
	if err != nil {
		t.Fatalf("PNG: %v", err)
	}
	for _, svg := range []string{string(images.SVG), string(images.Page), string(images.Phone)} {
		decoder := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("SVG: %v", err)
			}
		}
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Fatalf("the SVG has coordinates that are no numbers:\n%s", svg)
		}
	}
	return images, picture
}

// awkward are values that axes must survive.
var awkward = rapid.OneOf(
	rapid.SampledFrom([]float64{0, -1, 1, 5e-324, 1e-300, 1e300, math.MaxFloat64, 1e-9, 3.14, 1 << 40}),
	rapid.Float64Range(-10, 1e9))

func TestNoValuesStopAChart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := Axis{Label: "x", Log: rapid.Bool().Draw(t, "log"), Unit: rapid.SampledFrom(units).Draw(t, "unit")}
		dots := Dots{Title: "t", Axis: axis}
		var points []Point
		for range rapid.IntRange(0, 3).Draw(t, "rows") {
			a, b, c := awkward.Draw(t, "low"), awkward.Draw(t, "middle"), awkward.Draw(t, "high")
			dots.Groups = append(dots.Groups, Group{Rows: []Row{{Arm: "a", Label: "a", Text: "1", Values: []float64{a, c}, Median: b, Lo: min(a, b, c), Hi: max(a, b, c)}}})
			points = append(points, Point{X: rapid.Float64Range(0, 0.9999).Draw(t, "x"), Y: b, Lo: min(a, b, c), Hi: max(a, b, c)})
		}
		render(t, []Chart{ // one of them, since drawing takes long
			dots,
			Lines{Title: "t", X: axis, Y: axis, Curves: []Curve{{Arm: "a", Label: "a\nb", Points: points}}},
			Lines{Title: "t", X: Axis{Quantiles: true}, Y: axis, Curves: []Curve{{Arm: "a", Label: "a", Points: points, Bare: true}}},
		}[rapid.IntRange(0, 2).Draw(t, "chart")])
	})
}

// Without a place on a logarithmic X axis the axis is another, on which the points
// have one. Their Y values count then.
func TestOnlyZeroOnALogarithmicAxis(t *testing.T) {
	l := Lines{
		Title: "t", X: Axis{Log: true}, Y: Axis{Log: true},
		Curves: []Curve{{Arm: "a", Label: "a", Points: []Point{{X: 0, Y: 5e4, Lo: 5e4, Hi: 5e4}}}},
	}
	done := make(chan error, 1)
	go func() {
		_, err := Render("test", l)
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("drawing it does not end")
	}
}

func TestTextIsEscapedInDrawings(t *testing.T) {
	images, _ := render(t, Dots{Title: `<script>&"'`, Groups: []Group{{Label: "</svg>", Rows: []Row{{Label: "<b>", Text: "]]>", Unavailable: true}}}}})
	for _, svg := range []string{string(images.SVG), string(images.Page), string(images.Phone)} {
		if strings.Contains(svg, "<script") || strings.Contains(svg, "<b>") || strings.Count(svg, "</svg>") != 1 {
			t.Errorf("text is not escaped:\n%s", svg)
		}
	}
}

func TestTheSameDrawingEachTime(t *testing.T) {
	chart := Dots{Title: "t", Axis: Axis{Log: true}, Groups: []Group{{Rows: []Row{{Arm: "serial", Label: "a", Median: 2, Lo: 1, Hi: 3}}}}}
	a, _ := render(t, chart)
	b, _ := render(t, chart)
	if !bytes.Equal(a.PNG, b.PNG) || !bytes.Equal(a.SVG, b.SVG) || a.Page != b.Page || a.Phone != b.Phone {
		t.Error("drawn twice, the files differ")
	}
}

func TestInlineTakesItsColoursFromThePage(t *testing.T) {
	images, _ := render(t, Dots{Title: "t", Groups: []Group{{Rows: []Row{{Arm: "serial", Label: "a", Median: 2, Lo: 1, Hi: 3}}}}})
	for _, inline := range []string{string(images.Page), string(images.Phone)} {
		for _, want := range []string{"var(--ink)", "var(--muted)", "var(--grid)", "var(--serial)", "var(--paper)", "viewBox"} {
			if !strings.Contains(inline, want) {
				t.Errorf("no %s", want)
			}
		}
		if strings.Contains(inline, "<?xml") || strings.Contains(inline[:200], "width=") {
			t.Errorf("not a part of a page: %.200s", inline)
		}
	}
}

// lightness is CIE L*, what is left of a colour in grey.
func lightness(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	y := 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	return 116*math.Cbrt(y) - 16
}

func TestModelsDifferInGreyAndInShape(t *testing.T) {
	arms := []string{"serial", "coroutine", "threads", "goroutine"}
	for i, a := range arms {
		for _, b := range arms[i+1:] {
			x, y := LookOf(a), LookOf(b)
			if x.Shape == y.Shape {
				t.Errorf("%s and %s have one shape", a, b)
			}
			if d := math.Abs(lightness(x.Color) - lightness(y.Color)); d < 10 {
				t.Errorf("%s and %s differ by %.1f in lightness", a, b, d)
			}
		}
	}
}

func TestOptionsKeepTheLookOfTheirModel(t *testing.T) {
	plain, option := LookOf("threads"), LookOf("threads/gil=off")
	if plain.Color != option.Color || plain.Shape != option.Shape || plain.Hollow || !option.Hollow {
		t.Errorf("%+v and %+v", plain, option)
	}
	for _, known := range []string{"serial", "coroutine", "threads", "goroutine"} {
		if unknown := LookOf("fibers"); unknown.Shape == LookOf(known).Shape {
			t.Errorf("an unknown model has the shape of %s", known)
		}
	}
}

func TestShapesAreDistinct(t *testing.T) {
	seen := map[int]Shape{}
	for s := Circle; s <= Hexagon; s++ {
		path := outline(s, vg.Point{}, 5)
		corners := len(path)
		if s == TriangleDown || s == Diamond { // as many corners as another, turned
			corners += 100
		}
		if other, ok := seen[corners]; ok {
			t.Errorf("shapes %d and %d have the same outline", s, other)
		}
		seen[corners] = s
	}
}
