// Package results is what a run is on disk, and the place where the parts of
// concbench meet: the runner writes these types, the reports read them, and
// neither knows the other.
//
// A run is a directory:
//
//	run.json      the plan, the seed, the versions, the machine; written whole, at the start
//	trials.jsonl  one Record a line, appended and flushed as each trial ends
//	bench.txt     the same numbers in the Go benchmark format, one line a process
//	report.html, *.png, *.svg   made from the above by package reports
//
// Values are in base units, seconds and bytes; scaling is for showing only.
//
// # What can be relied on
//
// A record is on disk, whole and under the run's name, before the next trial
// starts. That is seen to after each: a folder that was renamed, removed or replaced
// meanwhile ends the run with a [MovedError], which says where the records are, and
// saves those that no name leads to.
//
// Both files end in checksums: run.json as a whole, each line of the journal for
// itself, together with the sum of the run.json that it belongs to. So a flipped bit is
// noticed wherever it is, a damaged line costs its own trial and no other, and a
// journal is never read with the plan of another run.
//
// What is read has bounds, which are in limits.go, and must be regular files.
//
// It does no statistics and draws nothing.
package results
