// Package reports turns a run into what people look at: charts, one page and a
// table for the terminal.
//
// # How it works
//
// The records are arranged into cells with one value per process ([Build] and
// [Text] begin there). From them come, in the order of the page:
//
//  1. the findings: what the run says about each of the claims that people read
//     in articles; each claim has its rule, fixed before anything is measured,
//     and the answer may be that this run cannot tell;
//  2. what has no number, and why: refused, failed, crashed, killed, skipped;
//  3. the charts, each with its question, how to read it, and what it does not show;
//  4. a table of all cells, with the command that measures each again;
//  5. what the numbers can be trusted for: machine, seed, rounds, disturbances.
//
// What needs words of its own, claims and charts, is in tables (claims,
// charted) that name the workload and the metric. Everything else, such as a
// new workload, a new metric or a new model, is shown without a change here.
//
// The page is one file: no network, no script. Text from a journal is never
// trusted to be text: html/template writes all of it.
//
// It starts no process, measures nothing, and changes nothing but the files it
// names.
package reports
