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
// It does no statistics and draws nothing.
package results
