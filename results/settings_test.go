package results

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDifferences(t *testing.T) {
	for name, c := range map[string]struct {
		old, now map[string]string
		want     []Difference
	}{
		"the same":                {map[string]string{"nice": "0"}, map[string]string{"nice": "0"}, nil},
		"another value":           {map[string]string{"nice": "0", "THP": "always"}, map[string]string{"nice": "5", "THP": "never"}, []Difference{{"nice", "0", "5"}, {"THP", "always", "never"}}},
		"set against left out":    {map[string]string{"GOGC": "400"}, nil, []Difference{{"GOGC", "400", "100"}}},
		"usual against left out":  {nil, map[string]string{"GOGC": "100"}, nil},
		"not told by an old run":  {nil, map[string]string{"nice": "5"}, nil},
		"of a name nobody knows":  {map[string]string{"x": "1"}, map[string]string{"x": "2"}, []Difference{{"x", "1", "2"}}},
		"built for the detector":  {map[string]string{}, map[string]string{"build -race": "true"}, []Difference{{"build -race", "none", "true"}}},
		"in the order of letters": {map[string]string{"b": "1", "A": "1"}, map[string]string{"A": "2", "b": "2"}, []Difference{{"A", "1", "2"}, {"b", "1", "2"}}},
	} {
		if diff := cmp.Diff(c.want, Differences(c.old, c.now)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if text := (Difference{"GOGC", "100", "400"}).String(); text != "GOGC: 100 against 400" {
		t.Error(text)
	}
	if text := (Difference{"timer-slack", "50µs", "\x1b[2J\n"}).String(); text != `timer-slack: 50µs against "\x1b[2J\n"` {
		t.Error(text)
	}
}

func TestUnusualSettings(t *testing.T) {
	m := Machine{Governor: "powersave", Limits: map[string]int64{"nofile": 7},
		Settings: map[string]string{"GOGC": "400", "nice": "0", "THP": "madvise", "clock": "hpet", "boot": "mitigations=off"}}
	want := []string{"GOGC=400 (usually 100)", "governor=powersave (usually performance)", "clock=hpet (usually tsc)"}
	if diff := cmp.Diff(want, m.Unusual()); diff != "" {
		t.Error(diff)
	}
	if list := (Machine{}).Unusual(); list != nil {
		t.Errorf("of a machine that tells nothing: %v", list)
	}
	if all := m.All(); all["nofile"] != "7" || all["governor"] != "powersave" || len(m.Settings) != 5 {
		t.Errorf("all settings: %v; those of the machine now: %v", all, m.Settings)
	}
}

func TestUnusualSettingsStandInTheBenchFile(t *testing.T) {
	for want, settings := range map[string]map[string]string{
		"# not the usual settings: GOGC=\"4\\n\" (usually 100)\n": {"GOGC": "4\n", "nice": "0"},
		"": {"nice": "0"},
	} {
		var text strings.Builder
		if err := WriteBench(&text, &Run{Machine: Machine{Settings: settings}}, nil); err != nil {
			t.Fatal(err)
		}
		if _, rest, _ := strings.Cut(text.String(), "\n"); rest != want {
			t.Errorf("%q, want %q", rest, want)
		}
	}
}

func TestSettingsAreKnownByOneName(t *testing.T) {
	var seen []string
	for _, s := range Settings {
		if slices.Contains(seen, s.Name) || s.Doc == "" || s.Absent != "" && !slices.Contains(s.Usual, s.Absent) {
			t.Errorf("%+v is named twice, says nothing, or is unusual when it is absent", s)
		}
		seen = append(seen, s.Name)
	}
}
