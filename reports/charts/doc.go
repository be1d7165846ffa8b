// Package charts draws the pictures of a report with gonum/plot.
//
// A chart is plain data ([Dots], [Lines], [Overview]); it knows nothing of
// workloads or runs. [Render] turns it into a PNG and an SVG for files, and into
// two SVGs for a page that is light or dark: one for wide windows and one for
// phones, on which names stand above what they name.
//
// gonum/plot draws: canvases, text, fonts. Axes are laid here, because the labels
// of an axis are chosen by what fits: the chooser measures them in the font in
// which they are drawn, ends the axis at round numbers of the unit that is shown,
// and lets no label touch another. No text leaves the picture; what is too long
// ends in "…".
//
// Every arm, a model with its options, has one [Look] in all charts: a colour
// of Okabe and Ito's palette, which the colour-blind can tell apart, whose
// lightness differs enough to be read in grey, and a marker shape.
//
// Values at or below zero have no place on a logarithmic axis: they are not
// drawn, and their text says so. No chart has bars that begin at a cut zero.
package charts
