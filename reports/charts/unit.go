package charts

import (
	"math"
	"strconv"
	"strings"
)

// A Unit scales values for showing: "93.4 ns", "64 MiB". The zero Unit shows
// plain numbers.
type Unit struct {
	Names   []string  // from the smallest
	Factors []float64 // of the names, in base units
}

// Binary reports whether the unit's steps are powers of two, as those of bytes are.
func (u Unit) Binary() bool { return len(u.Factors) > 1 && u.Factors[1] == 1024*u.Factors[0] }

// Step returns the place of the largest name that leaves v at 1 or more.
func (u Unit) Step(v float64) int {
	for i := len(u.Factors) - 1; i > 0; i-- {
		if math.Abs(v) >= u.Factors[i]*0.9995 {
			return i
		}
	}
	return 0
}

// Tick writes a round value without digits that say nothing: "5 ms", "0".
func (u Unit) Tick(v float64) string { return u.tickIn(u.Step(v), v) }

// tickIn writes a value in the unit's name at a place, so that all labels of an
// axis can have one name.
func (u Unit) tickIn(step int, v float64) string {
	switch {
	case v == 0:
		return "0"
	case len(u.Names) == 0:
		return roundNumber(v)
	}
	return u.Join(roundNumber(v/u.Factors[step]), step)
}

// Join writes the name at a place behind a number.
func (u Unit) Join(number string, step int) string {
	switch name := u.Names[step]; name {
	case "", "×":
		return number + name
	default:
		return number + "\u00a0" + name
	}
}

// roundNumber writes a number that is round in decimals, whatever arithmetic in
// binary has added to it: twelve digits are more than a tick ever has.
func roundNumber(v float64) string {
	if size := math.Abs(v); size < 1e-6 || size >= 1e15 {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil { // which a number that has just been written cannot be
		r = v
	}
	return Thousands(strconv.FormatFloat(r, 'f', -1, 64))
}

// Thousands puts commas between the thousands of a written number.
func Thousands(s string) string {
	whole, part, found := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + part
	}
	return sign + whole
}
