package reports

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"concbench/reports/charts"
	"concbench/results"
)

//go:embed templates/report.html
var pageText string

//go:embed templates/report.css
var pageStyle string

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"chip": chip,
}).Parse(pageText))

// A page is what the template writes. All text in it is escaped there; only
// the style and the drawings, which this program made, are not.
type page struct {
	Style     template.CSS
	Title     string
	Subtitle  string
	Partial   string // how to finish, if the run is not complete
	Done      int
	Planned   int
	Threads   bool // there are rows that emulate the interpreter lock
	Overview  *drawing
	Short     []string
	Summary   string
	Findings  []Finding
	Missing   string   // the claims for which the run has no evidence
	Disturbed string   // what was disturbed, if anything was
	Settings  []string // that are not usual
	Troubles  []Trouble
	Drawings  []drawing
	More      []drawing
	Tables    []Table
	Pairs     Pairs
	Trust     []Fact
}

// A drawing is a chart on the page.
type drawing struct {
	figure
	charts.Images
}

func (d *data) page(dir string, drawings []drawing, overview *drawing) page {
	p := page{
		Style:    template.CSS(pageStyle),
		Title:    "concbench: " + d.run.Profile,
		Subtitle: fmt.Sprintf("%s, %d processors, %s", d.run.Machine.CPU, d.run.Machine.CPUs, d.run.Start.UTC().Format("2 January 2006")),
		Done:     d.done(), Planned: d.run.Due(d.records),
		Overview: overview,
		Troubles: d.troubles(),
		Tables:   d.tables(),
		Pairs:    d.pairs(),
		Trust:    d.trust(),
	}
	if p.Done < p.Planned {
		p.Partial = d.resume(dir)
	}
	for _, c := range d.cells {
		p.Threads = p.Threads || c.Model == "threads"
	}
	all := d.findings()
	p.Disturbed, p.Settings = d.disturbedText(), d.run.Machine.Unusual()
	p.Summary = summary(all)
	p.Findings, p.Missing = measuredClaims(all)
	p.Short = d.inShort()
	for _, f := range drawings {
		if f.Generic {
			p.More = append(p.More, f)
		} else {
			p.Drawings = append(p.Drawings, f)
		}
	}
	return p
}

func (p page) write(w io.Writer) error {
	if err := pageTemplate.Execute(w, p); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// chip is the style class of an answer, a verdict or a status.
func chip(v any) string {
	switch fmt.Sprint(v) {
	case string(Holds), "faster", "smaller":
		return "yes"
	case string(HoldsNot), "slower", "larger", string(results.Refused), string(results.Failed), string(results.Crashed), string(results.Killed):
		return "no"
	case string(HoldsInPart), string(HoldsWhereDecided), string(HoldsNotWhereDecided), "equivalent":
		return "part"
	}
	return "open"
}

// Chip is the style class of the answer: an answer on disturbed rounds is
// neither yes nor no.
func (f Finding) Chip() string { return f.colour(f.Answer) }

// ChipOf is the style class of a piece of the evidence.
func (f Finding) ChipOf(e Evidence) string { return f.colour(e.Answer) }

func (f Finding) colour(a Answer) string {
	if f.Shaky() && a.decided() {
		return "part"
	}
	return chip(a)
}

// Chip is the style class of the verdict.
func (p Pair) Chip() string {
	if p.Shaky {
		return "part"
	}
	return chip(p.Verdict)
}

// What the template asks of a drawing.

func (d drawing) File() string     { return d.file }
func (d drawing) Heading() string  { return d.title }
func (d drawing) Question() string { return d.question }
func (d drawing) Reading() string  { return d.reading }
func (d drawing) Limits() string   { return d.limits }
