package trial

import (
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"concbench/measure/protocol"
	"concbench/models"
	"concbench/results"
	"concbench/workloads"
)

// errSkip marks an error that is no failure: this cell cannot be run here.
var errSkip = errors.New("cannot run here")

// carryOut runs the trial and makes the part of its record that can be known
// from inside.
func (w Worker) carryOut(spec protocol.Spec, runner *link) results.Record {
	r := results.Record{
		Schema: results.Schema,
		Seq:    spec.Trial.Seq,
		Round:  spec.Trial.Round,
		Cell:   spec.Trial.Cell,
		Scale:  spec.Trial.Scale,
		Seed:   spec.Trial.Seed,
	}
	switch err := w.attempt(spec, runner, &r); {
	case err == nil:
		r.Status = results.OK
	case errors.Is(err, errSkip):
		r.Status, r.Error = results.Skipped, oneLine(err)
	default:
		r.Status, r.Error = results.Failed, oneLine(err)
		if p, panicked := errors.AsType[*models.PanicError](err); panicked {
			r.Stack = string(p.Stack)
		}
	}
	return r
}

func (w Worker) attempt(spec protocol.Spec, runner *link, r *results.Record) error {
	load, t, err := w.prepare(spec)
	if err != nil {
		return err
	}
	if r.Expected, err = load.Expect(t); err != nil {
		return fmt.Errorf("work out what %s has to do: %w", load.Name, err)
	}
	r.SameAs = sameAs(spec.Trial.Cell, t.Model)
	p, model := newProbe(runner, spec.Started), &observed{Model: t.Model}
	t.Probe, t.Model = p, model
	if err := load.Run(t); errors.Is(err, models.ErrLimit) {
		return fmt.Errorf("%w: %w", errSkip, err)
	} else if err != nil {
		return err
	}
	if err := p.fill(r); err != nil {
		return err
	}
	r.Work, r.MaxProcs = t.Work, model.maxProcs
	if r.Work != r.Expected {
		return nil // to be refused, whatever its numbers are
	}
	if err := checkValues(load.Metrics, t.Values, r.Usage.Wall); err != nil {
		return err
	}
	r.Values = t.Values
	r.Histograms, err = encode(t.Histograms)
	return err
}

// sameAs is the arm that the model is in this process, if its options make it
// another one by name only; else it is empty.
func sameAs(c results.Cell, m models.Model) string {
	reduced := m.Options()
	if r, ok := m.(models.Reducer); ok {
		reduced = r.Reduced()
	}
	if reduced == c.Options {
		return ""
	}
	c.Options = reduced
	return c.Arm()
}

// prepare finds the workload, makes the model, and sees that they go together.
func (w Worker) prepare(spec protocol.Spec) (workloads.Workload, *workloads.Trial, error) {
	cell := spec.Trial.Cell
	i := slices.IndexFunc(w.Workloads, func(l workloads.Workload) bool { return l.Name == cell.Workload })
	if i < 0 {
		return workloads.Workload{}, nil, fmt.Errorf("no workload %q in this build", cell.Workload)
	}
	load := w.Workloads[i]
	given := map[string]string{}
	for _, p := range cell.Params {
		given[p.Name] = p.Value
	}
	params, err := load.Resolve(given)
	if err != nil {
		return load, nil, err
	}
	model, err := w.NewModel(cell.Model, cell.Options)
	if err != nil {
		return load, nil, err
	}
	if load.Supports != nil {
		if err := load.Supports(cell.Model, model.Traits(), workloads.Params(params)); err != nil {
			return load, nil, fmt.Errorf("%w: %w", errSkip, err)
		}
	}
	return load, &workloads.Trial{
		Model:      model,
		Params:     workloads.Params(params),
		Scale:      spec.Trial.Scale,
		Seed:       spec.Trial.Seed,
		Pace:       time.Duration(math.Round(spec.ItemSec * float64(time.Second))),
		Pages:      spec.Pages,
		URLs:       spec.URLs,
		Output:     os.Stdout,
		Values:     map[string]float64{},
		Histograms: map[string]*hdrhistogram.Histogram{},
	}, nil
}

// checkValues sees to it that every value is a number and is declared, and that
// no time is longer than the measured part, whose length is wall in seconds.
func checkValues(metrics []results.Metric, values map[string]float64, wall float64) error {
	for name, value := range values {
		if !slices.ContainsFunc(metrics, func(m results.Metric) bool { return m.Name == name }) {
			return fmt.Errorf("the workload set %q, which is none of its metrics", name)
		}
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return fmt.Errorf("the metric %s came out as %v", name, value)
		}
		if strings.HasSuffix(name, "-sec") && (value < 0 || value > wall) {
			return fmt.Errorf("the metric %s came out as %v s of a measured part of %v s", name, value, wall)
		}
	}
	return nil
}

// encode writes histograms in the form that every HdrHistogram library reads.
func encode(histograms map[string]*hdrhistogram.Histogram) (map[string]string, error) {
	encoded := map[string]string{}
	for name, h := range histograms {
		text, err := h.Encode(hdrhistogram.V2CompressedEncodingCookieBase)
		if err != nil {
			return nil, fmt.Errorf("write the histogram %s: %w", name, err)
		}
		encoded[name] = string(text)
	}
	return encoded, nil
}

// oneLine is the first line of the error's text: several errors may be joined.
func oneLine(err error) string {
	text, stack, found := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	if found && len(stack) > 0 {
		return text + " ..."
	}
	return text
}
