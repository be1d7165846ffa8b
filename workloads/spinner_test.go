package workloads

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"
)

func TestJudge(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name    string
		drawn   []time.Duration // after the origin
		asked   time.Duration
		max     time.Duration
		gap     time.Duration
		dropped float64
	}{
		{"all on time", []time.Duration{0, 100 * ms, 200 * ms}, 300 * ms, 0, 100 * ms, 0},
		{"the frame cut off by the end does not count", []time.Duration{0, 100 * ms, 200 * ms}, 299 * ms, 0, 100 * ms, 0},
		{"each a little late", []time.Duration{1 * ms, 102 * ms, 203 * ms}, 301 * ms, 3 * ms, 101 * ms, 0},
		{"one drawing for three frames", []time.Duration{0, 350 * ms}, 400 * ms, 250 * ms, 350 * ms, 0.5},
		{"nothing drawn", nil, 400 * ms, 400 * ms, 400 * ms, 1},
		{"drawn after the end", []time.Duration{500 * ms}, 400 * ms, 400 * ms, 400 * ms, 1},
		{"shorter than a frame", []time.Duration{2 * ms}, 50 * ms, 2 * ms, 48 * ms, 0},
	}
	for _, test := range tests {
		b := &bar{frame: 100 * ms, origin: time.Now()}
		for _, d := range test.drawn {
			b.drawn = append(b.drawn, b.origin.Add(d))
		}
		r := b.judge(b.origin.Add(test.asked))
		if r.lateness.longest != test.max || r.gap != test.gap || math.Abs(r.dropped-test.dropped) > 1e-9 {
			t.Errorf("%s: max lateness %v, gap %v, dropped %v; want %v, %v, %v",
				test.name, r.lateness.longest, r.gap, r.dropped, test.max, test.gap, test.dropped)
		}
	}
}

func TestBarTurnsAndWipesItsLine(t *testing.T) {
	w, err := Find("Spinner")
	if err != nil {
		t.Fatal(err)
	}
	trial := newTrial(t, w, newModel(t, "goroutine"), map[string]string{"frame": "5ms"})
	if err := w.Run(trial); err != nil {
		t.Fatal(err)
	}
	out := trial.Output.(*bytes.Buffer).String()
	if frames, due := strings.Count(out, "thinking!"), trial.Values["slow-sec"]/0.005; float64(frames) > due+2 {
		t.Errorf("%d frames were drawn where %.0f were due", frames, due)
	}
	if !strings.HasPrefix(out, "\r| thinking!\r/ thinking!\r- thinking!") {
		t.Errorf("the bar does not turn: %q", out)
	}
	if !strings.HasSuffix(out, "\r           \r") {
		t.Errorf("the line is not wiped: %q", out)
	}
}

func TestSerialHasNoFrames(t *testing.T) {
	w, err := Find("Spinner")
	if err != nil {
		t.Fatal(err)
	}
	trial := newTrial(t, w, newModel(t, "serial"), nil)
	if err := w.Run(trial); err != nil {
		t.Fatal(err)
	}
	if len(trial.Values) != 3 || trial.Values["slow-sec"] == 0 || trial.Values["slowdown"] == 0 {
		t.Errorf("measured %v, want no word of frames", trial.Values)
	}
}
