package measure

import (
	"time"

	"concbench/noise"
	"concbench/results"
)

// Progress is told how far a run is. Its methods are called between trials,
// never while one runs: drawing would disturb it.
type Progress interface {
	// TrialStarted comes before a trial; left is the time to the end of the run.
	TrialStarted(trial results.Planned, left time.Duration)
	// TrialDone comes when the record is on disk.
	TrialDone(record results.Record, left time.Duration)
	// Refused comes when a record lost its numbers after the fact, because its
	// ledger differs from that of another model.
	Refused(record results.Record)
	// Reserve comes when planned rounds are run and too few are clean; due is how
	// many trials there are now.
	Reserve(decision noise.Decision, due int)
}

type silent struct{}

func (silent) TrialStarted(results.Planned, time.Duration) {}
func (silent) TrialDone(results.Record, time.Duration)     {}
func (silent) Refused(results.Record)                      {}
func (silent) Reserve(noise.Decision, int)                 {}
