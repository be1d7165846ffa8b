package workloads

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/registry"
	"concbench/results"
)

// Words with "-" between them, and at most one "/": what the benchmark format
// takes for a unit without surprises.
var unit = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z]+)?$`)

func TestCatalogue(t *testing.T) {
	names := map[string]bool{}
	for _, w := range All {
		if names[w.Name] || w.Doc == "" || w.Expect == nil || w.Run == nil || w.Typical == nil {
			t.Errorf("%s: named twice, or a part is missing", w.Name)
		}
		names[w.Name] = true
		metrics := map[string]bool{}
		for _, m := range w.Metrics {
			if !unit.MatchString(m.Name) || metrics[m.Name] || m.Title == "" || m.Better == "" {
				t.Errorf("%s: metric %+v is not well declared", w.Name, m)
			}
			metrics[m.Name] = true
		}
		params, err := w.Resolve(nil)
		if err != nil {
			t.Errorf("%s: the defaults do not pass: %v", w.Name, err)
			continue
		}
		for _, model := range registry.Names() {
			if d := w.Typical(model, Params(params), 1); d <= 0 || d > time.Minute {
				t.Errorf("%s takes %v under %s, if Typical is right", w.Name, d, model)
			}
		}
	}
}

// TestEveryMetricIsMeasured looks for metrics that are declared and never
// recorded.
func TestEveryMetricIsMeasured(t *testing.T) {
	for _, w := range All {
		measured := map[string]bool{}
		for _, given := range proofs[w.Name].small {
			if given["cpu"] == "cross" {
				continue
			}
			trial := newTrial(t, w, newModel(t, "goroutine"), given)
			if err := w.Run(trial); err != nil {
				t.Fatal(err)
			}
			for name := range trial.Values {
				measured[name] = true
			}
		}
		for _, m := range w.Metrics {
			if !measured[m.Name] {
				t.Errorf("%s: %s is declared and was never recorded", w.Name, m.Name)
			}
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	tests := []struct {
		workload    string
		given       map[string]string
		wantInError string
	}{
		{"Sleep", map[string]string{"long": "forever"}, "parameter long=forever: want a duration"},
		{"Sleep", map[string]string{"long": "-1s"}, "want a duration from 1ms"},
		{"Sleep", map[string]string{"lonk": "1s"}, `no parameter "lonk"; it has: long, short`},
		{"Download", map[string]string{"pages": "0"}, "want a whole number from 1"},
		{"Download", map[string]string{"together": "some"}, "want all or a whole number"},
		{"Spinner", map[string]string{"kind": "nap"}, "want one of: sleep, cpu"},
		{"Factorial", map[string]string{"numbers": ""}, "want whole numbers from 2"},
		{"Factorial", map[string]string{"numbers": "5,,6"}, "want whole numbers from 2"},
		{"Factorial", map[string]string{"numbers": strings.Repeat("2,", 1000) + "2"}, "at most 1000"},
		{"Switch", map[string]string{"laps": "0"}, "want auto or"},
		{"Memory", map[string]string{"tasks": "-1"}, "want a whole number from 0"},
	}
	for _, test := range tests {
		w, err := Find(test.workload)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resolve(test.given); err == nil || !strings.Contains(err.Error(), test.wantInError) {
			t.Errorf("%s %v: %v, want %q", test.workload, test.given, err, test.wantInError)
		}
	}
}

func TestSupports(t *testing.T) {
	serial := models.Traits{}
	loop := models.Traits{Concurrent: true, OneThread: true}
	tests := []struct {
		workload string
		given    map[string]string
		traits   models.Traits
		want     string // in the error, or "" for none
	}{
		{"Switch", nil, serial, "one task at a time"},
		{"Switch", map[string]string{"cpu": "cross"}, loop, "try cpu=same"},
		{"Switch", map[string]string{"cpu": "same"}, loop, ""},
		{"Memory", nil, serial, "one task at a time"},
		{"Latency", nil, serial, "one task at a time"},
		{"Factorial", map[string]string{"form": "steps"}, serial, "try numbers=2,3,4"},
		{"Factorial", map[string]string{"form": "steps", "numbers": "2,20"}, serial, ""},
	}
	for _, test := range tests {
		w, err := Find(test.workload)
		if err != nil {
			t.Fatal(err)
		}
		params, err := w.Resolve(test.given)
		if err != nil {
			t.Fatal(err)
		}
		err = w.Supports("model", test.traits, Params(params))
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %v: %v, want %q", test.workload, test.given, err, test.want)
		}
	}
}

func FuzzNumbers(f *testing.F) {
	f.Add("2,3,4")
	f.Add("1")
	f.Add("+5,0x10,\n7")
	f.Fuzz(func(t *testing.T, text string) {
		if checkNumbers(text) != nil {
			return
		}
		for _, n := range numbersOf(Params{results.Param{Name: "numbers", Value: text}}) {
			if n < 2 || n > maxNumber {
				t.Fatalf("%q gave %d", text, n)
			}
		}
	})
}
