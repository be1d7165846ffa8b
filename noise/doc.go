// Package noise says which trials of a run were disturbed, by what and how much.
// The rule stands here alone: the runner measures rounds again by it, and the
// reports say by it what their answers stand on. It looks at what the machine did
// while a trial ran, and never at what the trial measured.
//
// # The rule
//
// A trial is disturbed if, in the time from before its process started until it
// was gone,
//
//   - the hypervisor took more than 1 % of that time and 20 ms ([Hypervisor]),
//   - other processes used more than 5 % of that time and 20 ms ([Others]),
//   - a quota of its control groups stopped it ([Quota]),
//   - or a setting was other than when the run began ([Settings]).
//
// Times are those of all processors together. The 20 ms are what the
// kernel's numbers blur, which are in hundredths of a second. Of what other processes used, the trial's
// process, the runner and the page server are no part.
//
// A round is disturbed if any of its trials is. It counts as a whole, never one
// model of it, so that no model is favoured.
//
// # Rounds in reserve
//
// A plan may hold rounds that are measured only if they are needed. [Next] says
// whether the next one is.
//
// # What it cannot see
//
// Another system on the same machine that the hypervisor does not tell of; caches
// and memory that are shared; heat. Where the system tells nothing, as outside
// Linux, a trial is neither disturbed nor clean, but unknown.
package noise
