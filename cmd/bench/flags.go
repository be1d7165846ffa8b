package main

import (
	"fmt"
	"strings"
)

// goStyle lets flags be written as Go's own tools write them, with one dash:
// -scale 0.1 becomes --scale 0.1. Single letters, numbers and everything after
// "--" stay as they are.
func goStyle(args []string) []string {
	var out []string
	for i, a := range args {
		if a == "--" {
			return append(out, args[i:]...)
		}
		if len(a) > 2 && a[0] == '-' && isLetter(a[1]) {
			a = "-" + a
		}
		out = append(out, a)
	}
	return out
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// keyValues reads "via=yield" pairs.
func keyValues(pairs []string) (map[string]string, error) {
	m := map[string]string{}
	for _, pair := range pairs {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return nil, fmt.Errorf("-param %q: want NAME=VALUE, such as via=yield", pair)
		}
		if _, twice := m[key]; twice {
			return nil, fmt.Errorf("-param %s is given twice", key)
		}
		m[key] = value
	}
	return m, nil
}
