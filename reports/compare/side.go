package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
	"golang.org/x/perf/benchproc"
	"golang.org/x/perf/benchunit"

	"concbench/noise"
	"concbench/results"
)

// A side is one of the two runs.
type side struct {
	label    string // what its columns are called
	path     string
	results  []*benchfmt.Result
	example  string              // the name of a result, kept or not
	config   map[string][]string // values of each setting, each once
	refused  []string            // values that are no numbers
	run      *results.Run        // what run.json says of it; nil for a file from elsewhere
	noise    *noise.Account      // what disturbed it; nil with run
	warnings []string
}

// read reads the results that the filter keeps.
func (s *side) read(reader *benchfmt.Reader, filter *benchproc.Filter) error {
	f, err := s.open()
	if err != nil {
		return err
	}
	defer f.Close()
	s.config = map[string][]string{}
	reader.Reset(f, s.path, ".file", s.label)
	count := 0
	for reader.Scan() {
		switch r := reader.Result().(type) {
		case *benchfmt.SyntaxError:
			s.warnings = append(s.warnings, r.Error())
		case *benchfmt.Result:
			count++
			if err := s.keep(r, filter); err != nil {
				s.warnings = append(s.warnings, err.Error())
			}
		}
	}
	if err := reader.Err(); err != nil {
		return fmt.Errorf("read %s: %w", s.path, err)
	}
	if count == 0 {
		return InputError{fmt.Errorf("%s holds no benchmark results, which are lines such as \"BenchmarkName 1 2 ns/op\"; give the folder of a run, or a file like its %s", s.path, results.BenchFile)}
	}
	if len(s.results) == 0 && len(s.refused) == 0 {
		return fmt.Errorf("compare: the filter leaves no results of %s, whose first of %d is %s", s.path, count, printable(s.example))
	}
	return nil
}

// keep keeps a result, if the filter does, with the values that are numbers.
func (s *side) keep(r *benchfmt.Result, filter *benchproc.Filter) error {
	if s.example == "" {
		s.example = r.Name.String()
	}
	tidy(r)
	ok, err := filter.Apply(r)
	if !ok || err != nil {
		return err
	}
	kept := r.Clone()
	kept.Values = slices.DeleteFunc(kept.Values, func(v benchfmt.Value) bool {
		bad := math.IsNaN(v.Value) || math.IsInf(v.Value, 0) // on which the U-test never ends
		if bad {
			s.refused = append(s.refused, fmt.Sprintf("%v %s of %s", v.Value, v.Unit, r.Name))
		}
		return bad
	})
	if len(kept.Values) == 0 {
		return nil
	}
	for _, c := range kept.Config {
		if value := string(c.Value); c.File && !slices.Contains(s.config[c.Key], value) {
			s.config[c.Key] = append(s.config[c.Key], value)
		}
	}
	s.results = append(s.results, kept)
	return nil
}

// tidy puts a zero into the unit of its neighbours. The reader has put all other
// values into base units, but leaves one alone that its tidying does not change: "0
// ns/op" would stand in another table than "5 ns/op".
func tidy(r *benchfmt.Result) {
	for i, v := range r.Values {
		if value, unit := benchunit.Tidy(v.Value, v.Unit); unit != v.Unit {
			r.Values[i] = benchfmt.Value{Value: value, Unit: unit, OrigValue: v.Value, OrigUnit: v.Unit}
		}
	}
}

// notes are the warnings of a side, those on values that are no numbers together.
func (s *side) notes() []string {
	all := s.warnings
	if n := len(s.refused); n > 0 {
		const shown = 3
		text := strings.Join(s.refused[:min(n, shown)], ", ")
		if n > shown {
			text += fmt.Sprintf(" and %d more", n-shown)
		}
		all = append(all, fmt.Sprintf("%s: left out, since they are no numbers: %s", s.path, text))
	}
	return all
}
