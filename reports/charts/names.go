package charts

import (
	"cmp"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// An endLabel names a curve beside its end.
type endLabel struct {
	Curve
	y vg.Length
}

// names are the labels of the curves.
func (l Lines) names() []endLabel {
	var all []endLabel
	for _, curve := range l.Curves {
		all = append(all, endLabel{Curve: curve})
	}
	return all
}

func (n endLabel) lines() []string { return strings.Split(n.Label, "\n") }

func (n endLabel) height(f form) vg.Length { return vg.Length(len(n.lines()))*f.leading() + 5 }

// nameIndent is from the marker of a name to its text.
const nameIndent = 10

// namesWidth is the room that names beside the ends of curves take.
func namesWidth(all []endLabel, f form) (w vg.Length) {
	for _, n := range all {
		for _, s := range n.lines() {
			w = max(w, widthOf(s, f.text, true))
		}
	}
	return min(w, vg.Length(mostName*f.width)) + 14 + nameIndent + edge
}

// namesHeight is the room that names below each other take.
func namesHeight(all []endLabel, f form) (h vg.Length) {
	for _, n := range all {
		h += n.height(f)
	}
	return h + 4
}

// nameEnds writes the names beside the ends of their curves, in their order and apart.
func nameEnds(c draw.Canvas, f form, all []endLabel, x, bottom, top vg.Length) {
	slices.SortStableFunc(all, func(a, b endLabel) int { return cmp.Compare(b.y, a.y) })
	left := namesHeight(all, f)
	at := top
	for _, n := range all {
		// As near to the curve's end as the names above and below allow.
		at = min(at, max(n.y+n.height(f)/2, bottom+left))
		n.write(c, f, x, at)
		at -= n.height(f)
		left -= n.height(f)
	}
}

// listNames writes the names below each other, from top, the highest curve first.
func listNames(c draw.Canvas, f form, all []endLabel, top vg.Length) {
	slices.SortStableFunc(all, func(a, b endLabel) int { return cmp.Compare(b.y, a.y) })
	for _, n := range all {
		n.write(c, f, c.Min.X+edge+5, top)
		top -= n.height(f)
	}
}

func (n endLabel) write(c draw.Canvas, f form, x, top vg.Length) {
	y := top - f.leading()/2
	marker(c, LookOf(n.Arm), vg.Point{X: x, Y: y}, 4.4)
	for i, s := range n.lines() {
		words := cut(s, c.Max.X-edge-x-nameIndent, f.text, i == 0)
		write(c, words, vg.Point{X: x + nameIndent, Y: y - vg.Length(i)*f.leading()}, f.text, ink, i == 0, draw.XLeft)
	}
}
