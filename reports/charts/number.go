package charts

import (
	"strconv"
	"strings"
)

// plainNumber writes a number without a unit, with thousands apart.
func plainNumber(v float64) string {
	if v != 0 && (v < 0.001 && v > -0.001 || v >= 1e15 || v <= -1e15) {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	s := strconv.FormatFloat(v, 'g', 4, 64)
	if strings.ContainsAny(s, "e") || v >= 1000 || v <= -1000 {
		s = strconv.FormatFloat(v, 'f', 0, 64)
	}
	digits, sign := strings.TrimPrefix(s, "-"), ""
	if digits != s {
		sign = "-"
	}
	whole, part, found := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		part = "." + part
	}
	return sign + whole + part
}

func textLines(s string) []string { return strings.Split(s, "\n") }
