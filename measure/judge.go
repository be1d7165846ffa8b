package measure

import (
	"fmt"
	"strings"

	"concbench/results"
)

// judge refuses a trial whose ledger is not what its parameters call for.
func judge(r results.Record) results.Record {
	if r.Status != results.OK {
		return r
	}
	if wrong := differences(r.Expected, r.Work); wrong != "" {
		return refuse(r, "the work done is not the work there was to do: "+wrong)
	}
	return r
}

// judgeGroup compares the ledgers of the same work under several models. All
// of a group are refused if two differ, for nobody can tell which one is right.
// It returns the records that it changed. A run that was killed while it wrote
// those down comes to the same end when it is resumed.
func judgeGroup(group []results.Record) []results.Record {
	var first *results.Record
	for i := range group {
		r := &group[i]
		switch {
		case !keptItsLedger(*r):
		case first == nil:
			first = r
		case differences(first.Work, r.Work) != "":
			return refuseAll(group, fmt.Sprintf("the models did not do the same work: %s differs from %s: %s",
				r.Cell.Arm(), first.Cell.Arm(), differences(first.Work, r.Work)))
		}
	}
	return nil
}

// keptItsLedger reports whether the trial ended well and did what it had to
// do, whatever was found out about its group.
func keptItsLedger(r results.Record) bool {
	return r.Status == results.OK || r.Status == results.Refused && r.Work == r.Expected
}

func refuseAll(group []results.Record, reason string) []results.Record {
	var refused []results.Record
	for _, r := range group {
		if r.Status == results.OK {
			refused = append(refused, refuse(r, reason))
		}
	}
	return refused
}

// refuse takes the numbers from a record. What was done stays in it.
func refuse(r results.Record, reason string) results.Record {
	r.Status, r.Error = results.Refused, reason
	r.Values, r.Histograms = nil, nil
	return r
}

// differences tells in words where the work done is not the work wanted.
func differences(want, got results.Work) string {
	var wrong []string
	differ := func(what string, want, got any) {
		if want != got {
			wrong = append(wrong, fmt.Sprintf("%s %v, not %v", what, got, want))
		}
	}
	if got.Faults != want.Faults {
		wrong = append(wrong, got.Faults)
	}
	differ("created", want.Created, got.Created)
	differ("finished", want.Finished, got.Finished)
	differ("messages", want.Messages, got.Messages)
	differ("bytes", want.Bytes, got.Bytes)
	differ("checksum", want.Checksum, got.Checksum)
	return strings.Join(wrong, "; ")
}
