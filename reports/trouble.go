package reports

import (
	"fmt"
	"slices"

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

// troubles lists all trials without a number, by cell and status.
func (d *data) troubles() []Trouble {
	var all []Trouble
	for _, c := range d.cells {
		for _, status := range []results.Status{results.Refused, results.Failed, results.Crashed, results.Killed, results.Skipped} {
			if t, ok := d.trouble(c, status); ok {
				all = append(all, t)
			}
		}
		known := []results.Status{results.Refused, results.Failed, results.Crashed, results.Killed, results.Skipped}
		for _, r := range c.bad {
			if !slices.Contains(known, r.Status) {
				known = append(known, r.Status)
				if t, ok := d.trouble(c, r.Status); ok {
					all = append(all, t)
				}
			}
		}
	}
	return all
}

func (d *data) trouble(c *cellData, status results.Status) (Trouble, bool) {
	t := Trouble{Cell: c.Label(), Status: status, Command: d.rerun(c)}
	count := 0
	for _, r := range c.bad {
		if r.Status != status {
			continue
		}
		if count++; count == 1 {
			t.Reason = r.Error
			if status == results.Refused {
				t.Ledger = ledger(r)
			}
		}
	}
	t.Rounds = fmt.Sprintf("%d of %d", count, len(c.trials)+len(c.bad))
	return t, count > 0
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
