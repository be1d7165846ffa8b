// Package reports turns a run into what people look at: charts, one page and a
// table for the terminal.
//
// # How it works
//
// The records are arranged into cells with one value per process ([Build] and
// [Text] begin there). From them come, in the order of the page:
//
//  1. the standings: who won at which measure, by how much, and how surely;
//  2. the findings: what the run says about each of the claims that people read
//     in articles; each claim has its rule, fixed before anything is measured,
//     and the answer may be that this run cannot tell;
//  3. what has no number, and why: refused, failed, crashed, killed, skipped;
//  4. the charts, each with its question, how to read it, and what it does not
//     show; a metric that is the same in every process is a sentence instead;
//  5. a table of all cells, with the command that measures each again;
//  6. comparisons of each two models;
//  7. what the numbers can be trusted for: machine, seed, rounds, disturbances.
//
// The answer comes first and the rest folds, so that the page is short. It fits a
// phone: every chart is drawn twice, for wide windows and for narrow ones, tables
// become blocks there, and whatever scrolls has a name and takes the focus.
//
// What needs words of its own, claims, charts and standings, is in tables (claims,
// charted, standingsOf) that name the workload and the metric. Everything else, such as a
// new workload, a new metric or a new model, is shown without a change here.
//
// The page is one file: no network, no script. Text from a journal is never
// trusted to be text: html/template writes all of it.
//
// It starts no process, measures nothing, and changes nothing but the files it
// names.
package reports
