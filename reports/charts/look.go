package charts

import (
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
)

// Okabe and Ito, "Color Universal Design" (2008).
var (
	oiBlue      = color.NRGBA{0x00, 0x72, 0xb2, 0xff}
	oiOrange    = color.NRGBA{0xe6, 0x9f, 0x00, 0xff}
	oiGreen     = color.NRGBA{0x00, 0x9e, 0x73, 0xff}
	oiPurple    = color.NRGBA{0xcc, 0x79, 0xa7, 0xff}
	oiSky       = color.NRGBA{0x56, 0xb4, 0xe9, 0xff}
	oiVermilion = color.NRGBA{0xd5, 0x5e, 0x00, 0xff}
	graphite    = color.NRGBA{0x3d, 0x44, 0x4d, 0xff} // the palette's black, lighter so that a dark page can replace it
)

// A Look is how an arm is drawn everywhere.
type Look struct {
	Color  color.NRGBA
	Shape  Shape
	Hollow bool // a model with options: the same model, not the usual way
	Dashed bool
}

// known have their looks by name, so that reports of different runs agree.
var known = map[string]Look{
	"serial":    {Color: graphite, Shape: Diamond},
	"coroutine": {Color: oiBlue, Shape: Circle},
	"threads":   {Color: oiOrange, Shape: Square},
	"goroutine": {Color: oiGreen, Shape: Triangle},
}

// others are given to further models by their names alone, for the same reason.
var others = []Look{
	{Color: oiPurple, Shape: Pentagon},
	{Color: oiSky, Shape: TriangleDown},
	{Color: oiVermilion, Shape: Hexagon},
}

// LookOf returns the look of an arm such as "threads" or "threads/gil=off".
func LookOf(arm string) Look {
	model, options, _ := strings.Cut(arm, "/")
	look, ok := known[model]
	if !ok {
		sum := 0
		for _, b := range []byte(model) {
			sum += int(b)
		}
		look = others[sum%len(others)]
	}
	look.Hollow, look.Dashed = options != "", options != ""
	return look
}

// dashes are those of the look's lines.
func (l Look) dashes() []vg.Length {
	if l.Dashed {
		return []vg.Length{5, 3}
	}
	return nil
}
