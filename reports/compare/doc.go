// Package compare sets the numbers of two runs side by side, as benchstat does.
//
// # How it works
//
//  1. Each side is read: a folder of a run or a file in the Go benchmark format.
//     Values that are no numbers are left out and named.
//  2. What differs between the sides is found: settings of the files, and the
//     machines, of which run.json tells more. Such settings do not keep two
//     results apart.
//  3. Each result is projected to a table, which is of one unit, a row and a
//     column.
//  4. A cell has a median with its interval. A pair of cells has a change: what a
//     Mann-Whitney U-test finds; or that all values are equal; or, of a count that
//     must not vary, whether it is the same. "~" means that the difference may be
//     noise, not that there is none.
//  5. A row is named by what tells it from the others; what all have in common is
//     said once. Rows of one value everywhere are collected in one line.
//
// Two runs on two machines are only described: medians, intervals, the ratio of
// the medians. A p-value would answer whether two samples differ, and those of two
// machines do.
//
// Two runs that have no cell in common are an error that says in what they differ.
//
// Reading, projecting, statistics and units are golang.org/x/perf's: benchfmt,
// benchproc, benchmath and benchunit. The numbers are those of benchstat, which
// the tests take as their oracle. Unlike benchstat it prints no geometric mean,
// since its rows are of unlike things; it names the rows that only one of the runs
// has; it keeps zeros in the row they belong to; and a change from zero, or of
// values below it, is a difference and not a percentage.
//
// Two runs are two sessions: even one machine may have changed between them, and no
// test can see that. The p-values are neither paired nor corrected for the
// number of rows. Package stats compares what was measured in one run.
package compare
