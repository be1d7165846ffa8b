package stats

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/stat"
)

// A Line is y = Intercept + Slope x.
type Line struct {
	Slope, Intercept float64
	R2               float64 // share of the variance of y that the line explains
}

// ErrNoLine is returned for points that determine no line.
var ErrNoLine = errors.New("a line needs points at two or more different x")

// FitLine fits a line by least squares. For an interval of the slope, fit one
// line to each round and take [Summarise] of the slopes: the points of one
// round are not independent, and their spread grows with x, so the textbook
// interval, which assumes neither, would be too narrow.
func FitLine(x, y []float64) (Line, error) {
	if len(x) != len(y) || !severalValues(x) {
		return Line{}, ErrNoLine
	}
	intercept, slope := stat.LinearRegression(x, y, nil, false)
	line := Line{Slope: slope, Intercept: intercept, R2: stat.RSquared(x, y, nil, intercept, slope)}
	if math.IsNaN(slope) || math.IsInf(slope, 0) {
		return Line{}, ErrNoLine
	}
	if math.IsNaN(line.R2) || math.IsInf(line.R2, 0) { // all y are the same, and the line meets them
		line.R2 = 1
	}
	return line, nil
}

func severalValues(xs []float64) bool {
	for _, x := range xs {
		if x != xs[0] {
			return true
		}
	}
	return false
}
