package reports

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

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
//
// Its first screen answers what was compared, who won at what and how surely,
// and where to read on. What is behind that folds, so that the page stays short.
type page struct {
	Style     template.CSS
	Title     string
	Compared  string // what was compared, in a sentence
	Subtitle  string
	Partial   string // how to finish, if the run is not complete
	Done      int
	Planned   int
	Threads   bool // there are rows that emulate the interpreter lock
	Standings []Standing
	Overview  *drawing
	Summary   string
	Findings  []Finding
	Missing   string   // the claims for which the run has no evidence
	Disturbed string   // what was disturbed, if anything was
	Settings  []string // that are not usual
	Troubles  []Trouble
	Chapters  []chapter
	Tables    []Table
	Pairs     []pairGroup
	Note      string // what the correction of p is over, or why there is none
	Holm      bool
	Trust     []Fact // those that a reader looks for first
	Facts     []Fact // the others
}

// A drawing is a chart on the page.
type drawing struct {
	figure
	charts.Images
}

func (d *data) page(dir string, drawings []drawing, silent []figure, overview *drawing) page {
	p := page{
		Style:    template.CSS(pageStyle),
		Title:    "concbench: " + strings.Join(d.models(), ", "),
		Compared: d.comparedText(),
		Subtitle: fmt.Sprintf("%s, %d processors, %s. Profile %s", d.run.Machine.CPU, d.run.Machine.CPUs, d.run.Start.UTC().Format("2 January 2006"), d.run.Profile),
		Done:     d.done(), Planned: d.run.Due(d.records),
		Threads:   slices.Contains(d.models(), "threads"),
		Standings: d.standings(),
		Overview:  overview,
		Troubles:  d.troubles(),
		Chapters:  d.chapters(drawings, silent),
		Tables:    d.tables(),
	}
	if p.Done < p.Planned {
		p.Partial = d.resume(dir)
	}
	all := d.findings()
	p.Disturbed, p.Settings = d.disturbedText(), d.run.Machine.Unusual()
	p.Summary = summary(all)
	p.Findings, p.Missing = measuredClaims(all)
	pairs := d.pairs()
	p.Pairs, p.Note, p.Holm = grouped(pairs.Rows), pairs.Note, pairs.Holm
	facts := d.trust()
	p.Trust, p.Facts = facts[:mainFacts], facts[mainFacts:]
	return p
}

// mainFacts are the run, its rounds, and what disturbed them.
const mainFacts = 3

// models are those of the run, in the order in which they are shown.
func (d *data) models() []string {
	var all []string
	for _, c := range d.cells {
		if !slices.Contains(all, c.Model) {
			all = append(all, c.Model)
		}
	}
	slices.SortStableFunc(all, compareArms)
	return all
}

func (d *data) comparedText() string {
	return fmt.Sprintf("The same %s under %s: medians over fresh processes.", counted(len(d.workloads()), "workload"), counted(len(d.models()), "model"))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
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
	case string(Holds), "faster", "smaller", string(Won):
		return "yes"
	case string(HoldsNot), "slower", "larger", string(results.Refused), string(results.Failed), string(results.Crashed), string(results.Killed), string(results.Terminated):
		return "no"
	case string(HoldsInPart), string(HoldsWhereDecided), string(HoldsNotWhereDecided), "equivalent", string(Tie):
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
