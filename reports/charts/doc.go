// Package charts draws the pictures of a report with gonum/plot.
//
// A chart is plain data ([Dots], [Lines], [Overview]); it knows nothing of
// workloads or runs. [Render] turns it into a PNG, an SVG for a file and an SVG
// for a page that is light or dark.
//
// Every arm, a model with its options, has one [Look] in all charts: a colour
// of Okabe and Ito's palette, which the colour-blind can tell apart, whose
// lightness differs enough to be read in grey, and a marker shape.
//
// Values at or below zero have no place on a logarithmic axis: they are not
// drawn, and their text says so. No chart has bars that begin at a cut zero.
package charts
