package models

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ParseOptions reads a model's options, comma-separated key=value pairs, and
// calls the setter of each key. An unknown or repeated key, a pair without "="
// and a value that its setter refuses are errors that name the pair.
func ParseOptions(text string, setters map[string]func(value string) error) error {
	if text == "" {
		return nil
	}
	seen := map[string]bool{}
	for pair := range strings.SplitSeq(text, ",") {
		key, value, ok := strings.Cut(pair, "=")
		set, known := setters[key]
		switch {
		case !ok || !known:
			return fmt.Errorf("option %q: want %s", pair, knownKeys(setters))
		case seen[key]:
			return fmt.Errorf("option %q: %s is given twice", pair, key)
		}
		seen[key] = true
		if err := set(value); err != nil {
			return fmt.Errorf("option %q: %w", pair, err)
		}
	}
	return nil
}

func knownKeys(setters map[string]func(string) error) string {
	if len(setters) == 0 {
		return "none: this model has no options"
	}
	return strings.Join(slices.Sorted(maps.Keys(setters)), "=..., ") + "=..."
}
