package gil

import (
	"strings"
	"testing"
)

func TestOptions(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"gil=on":                 "",
		"gil=on,interval=5ms":    "",
		"gil=off":                "gil=off",
		"interval=500us":         "interval=500us",
		"interval=500µs":         "interval=500us",
		"interval=50us":          "interval=50us",
		"interval=100ms":         "interval=100ms",
		"interval=1.5ms,gil=off": "gil=off,interval=1.5ms",
		"gil=ticks,ticks=100":    "gil=ticks",
		"ticks=1000,gil=ticks":   "gil=ticks,ticks=1000",
	} {
		o, err := ParseOptions(text)
		if err != nil {
			t.Errorf("ParseOptions(%q): %v", text, err)
			continue
		}
		if got := o.String(); got != want {
			t.Errorf("ParseOptions(%q) = %q, want %q", text, got, want)
		}
		if o.Parallel() != strings.Contains(want, "gil=off") {
			t.Errorf("ParseOptions(%q) is parallel: %v", text, o.Parallel())
		}
	}
}

func TestBadOptions(t *testing.T) {
	for text, want := range map[string]string{
		"gil":                 "gil",
		"gil=maybe":           "want on, off or ticks",
		"gil=on,gil=off":      "given twice",
		"interval=5":          "want a duration",
		"interval=49us":       "want a duration from 50µs to 100ms",
		"interval=100.001ms":  "want a duration from 50µs to 100ms",
		"speed=11":            "gil=..., interval=..., ticks=...",
		"gil=off,":            "gil=..., interval=..., ticks=...",
		"ticks=0":             "from 1 to 1000000",
		"ticks=1000001":       "from 1 to 1000000",
		"ticks=many":          "from 1 to 1000000",
		"gil=off interval=5m": "want on, off or ticks",
	} {
		_, err := ParseOptions(text)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "threads: option ") {
			t.Errorf("ParseOptions(%q): %v, want an error with %q", text, err, want)
		}
	}
}

// Whatever ParseOptions accepts has a canonical form, which means the same.
func FuzzOptions(f *testing.F) {
	for _, seed := range []string{"", "gil=off", "gil=on,interval=5ms", "interval=500us,gil=off", "interval=-1s", "gil=off,gil=off", "gil=ticks,ticks=7", "=,="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := ParseOptions(text)
		if err != nil {
			return
		}
		again, err := ParseOptions(o.String())
		if err != nil || again != o || again.String() != o.String() {
			t.Errorf("ParseOptions(%q) is %+v, but ParseOptions(%q) is %+v, %v", text, o, o.String(), again, err)
		}
	})
}
