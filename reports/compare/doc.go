// Package compare sets the numbers of two runs side by side, as benchstat does.
//
// It reads two files in the Go benchmark format, projects each result to a
// table, a row and a column, and prints for each cell the median with its
// interval, and for each pair of cells the change with the p-value of a
// Mann-Whitney U-test. A change that may be noise is "~", which does not mean
// that there is none.
//
// Reading, projecting, statistics and units are golang.org/x/perf's: benchfmt,
// benchproc, benchmath and benchunit. The numbers are those of benchstat, which
// the tests take as their oracle. Unlike benchstat it prints no geometric mean,
// since its rows are of unlike things, and it names the rows that only one of
// the runs has.
//
// Two runs are two sessions: the machine may have changed between them, and no
// test can see that. The p-values are neither paired nor corrected for the
// number of rows. Package stats compares what was measured in one run.
package compare
