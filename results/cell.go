package results

import (
	"fmt"
	"slices"
	"strings"
)

// Key is the identity of a cell as text: two cells have the same key when, and
// only when, they are the same cell. It reads
// "Switch/model=threads,gil=off/via=yield/cpu=same".
func (c Cell) Key() string {
	var b strings.Builder
	b.WriteString(escape(c.Workload))
	b.WriteString("/model=" + escape(c.Model))
	if c.Options != "" {
		b.WriteString("," + strings.NewReplacer("%", "%25", "/", "%2F").Replace(c.Options))
	}
	writeParams(&b, c.Params)
	return b.String()
}

// equal tells whether c and d are the same cell.
func (c Cell) equal(d Cell) bool {
	return c.Workload == d.Workload && c.Model == d.Model && c.Options == d.Options && slices.Equal(c.Params, d.Params)
}

// Arm is the model with its options, as people write it: "threads" or
// "threads/gil=off".
func (c Cell) Arm() string {
	if c.Options == "" {
		return c.Model
	}
	return c.Model + "/" + c.Options
}

// Subject is what is run, without the model it is run under: all cells of one
// subject are compared with each other.
func (c Cell) Subject() string {
	c.Model, c.Options = "", ""
	return c.Key()
}

// Label names the cell for people: "Switch via=yield cpu=same, threads/gil=off".
func (c Cell) Label() string {
	words := []string{c.Workload}
	for _, p := range c.Params {
		words = append(words, p.Name+"="+p.Value)
	}
	return strings.Join(words, " ") + ", " + c.Arm()
}

// BenchName is the cell's name in the Go benchmark format, without the word
// Benchmark: "Switch/model=threads/gil=off/via=yield/cpu=same". Every option
// of the model is a dimension of its own.
func (c Cell) BenchName() string {
	var b strings.Builder
	b.WriteString(escape(c.Workload))
	b.WriteString("/model=" + escape(c.Model))
	for option := range strings.SplitSeq(c.Options, ",") {
		if name, value, found := strings.Cut(option, "="); found {
			fmt.Fprintf(&b, "/%s=%s", escape(name), escape(value))
		} else if option != "" {
			b.WriteString("/" + escape(option))
		}
	}
	writeParams(&b, c.Params)
	return b.String()
}

func writeParams(b *strings.Builder, params Params) {
	for _, p := range params {
		fmt.Fprintf(b, "/%s=%s", escape(p.Name), escape(p.Value))
	}
}

// escape writes s so that it can stand in a benchmark name: bytes that would
// end the name, or one of its parts, become %XX. A hyphen does when only digits
// follow it, because at the end of a name that is read as a GOMAXPROCS.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-' && onlyDigits(s[i+1:]), c <= ' ', c >= 0x7f, strings.IndexByte("%/=,", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func onlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
