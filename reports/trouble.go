package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"concbench/results"
)

// Trouble is a cell with trials that have no number.
type Trouble struct {
	Cell    string
	Status  results.Status
	Rounds  string // "2 of 6"
	Reason  string
	Ledger  string // what was done and what should have been, if refused
	Command string
}

// fateOrder is the order in which ends without a number are told, worst first.
var fateOrder = []results.Status{results.Refused, results.Failed, results.Crashed, results.Killed, results.Terminated, results.Skipped}

// troubles lists all trials without a number, by cell and status.
func (d *data) troubles() []Trouble {
	var all []Trouble
	for _, c := range d.cells {
		for _, status := range c.statuses() {
			all = append(all, d.trouble(c, status))
		}
	}
	return all
}

// statuses are those of the cell's trials without a number, worst first.
func (c *cellData) statuses() []results.Status {
	var all []results.Status
	for _, r := range c.bad {
		if !slices.Contains(all, r.Status) {
			all = append(all, r.Status)
		}
	}
	rank := func(s results.Status) int { // one that is not known comes last
		if i := slices.Index(fateOrder, s); i >= 0 {
			return i
		}
		return len(fateOrder)
	}
	slices.SortStableFunc(all, func(a, b results.Status) int { return cmp.Compare(rank(a), rank(b)) })
	return all
}

// ended are the cell's trials that ended with the status.
func (c *cellData) ended(status results.Status) []results.Record {
	var all []results.Record
	for _, r := range c.bad {
		if r.Status == status {
			all = append(all, r)
		}
	}
	return all
}

// fates says how the trials without a number ended: "skipped", or "2 crashed, 1
// skipped" if not all ended alike.
func (c *cellData) fates() string {
	all := c.statuses()
	if len(all) == 1 {
		return string(all[0])
	}
	var words []string
	for _, status := range all {
		words = append(words, fmt.Sprintf("%d %s", len(c.ended(status)), status))
	}
	return strings.Join(words, ", ")
}

// refusal says why the cell is refused: for its own ledger, or because the
// models' ledgers differ and nobody can tell which one is right.
func (c *cellData) refusal() string {
	if slices.ContainsFunc(c.ended(results.Refused), func(r results.Record) bool { return r.Work != r.Expected }) {
		return "its ledger is wrong"
	}
	return "the models did not do the same work"
}

// mostReasons bounds how many different reasons are told of one cell.
const mostReasons = 3

func (d *data) trouble(c *cellData, status results.Status) Trouble {
	t := Trouble{Cell: c.Label(), Status: status, Command: d.rerun(c)}
	var reasons []string
	ended := c.ended(status)
	for _, r := range ended {
		if !slices.Contains(reasons, r.Error) {
			reasons = append(reasons, r.Error)
		}
		if status == results.Refused && t.Ledger == "" {
			t.Ledger = ledger(r)
		}
	}
	t.Reason = strings.Join(reasons[:min(len(reasons), mostReasons)], " | ")
	if more := len(reasons) - mostReasons; more > 0 {
		t.Reason += fmt.Sprintf(" | and %d more", more)
	}
	t.Rounds = fmt.Sprintf("%d of %d", len(ended), len(c.trials)+len(c.bad))
	return t
}

// ledger tells how what was done differs from what had to be.
func ledger(r results.Record) string {
	done, want := r.Work, r.Expected
	text := ""
	add := func(name string, a, b any) {
		if a != b {
			if text != "" {
				text += "; "
			}
			text += fmt.Sprintf("%s %v, expected %v", name, a, b)
		}
	}
	add("created", done.Created, want.Created)
	add("finished", done.Finished, want.Finished)
	add("messages", done.Messages, want.Messages)
	add("bytes", done.Bytes, want.Bytes)
	add("checksum", done.Checksum, want.Checksum)
	return text
}
