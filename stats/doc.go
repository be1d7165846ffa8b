// Package stats holds the statistics that concbench applies to its samples.
//
// The unit of analysis is one process: every function here takes one value per
// process, never the iterations inside one, because iterations of one process
// are not independent. Processes of one round are measured next to each other,
// so comparisons are paired by round.
//
// # Methods
//
//   - A quantile is Hyndman and Fan's type 7 ([Quantile]).
//   - A centre is a median, with the distribution-free interval between two
//     order statistics ([Summarise]); the confidence that this interval really
//     has is kept with it. Fewer than six values have no 95 % interval.
//   - Two arms are compared by the logarithm of their ratio in each round
//     ([Compare]): median ratio, its order-statistic interval, and the p-value
//     of a sign-flip permutation test on the mean.
//   - A practical margin turns the interval into a verdict ([Judge]), which says
//     of an undecided comparison what is missing. The p-value takes no part in
//     that. How often verdicts are right is computed ([Power], [Detectable]).
//   - Intervals and tests take rounds for independent. [LagP] says whether they
//     are alike.
//   - Many p-values are corrected together by [Holm].
//   - A straight line is fitted by least squares ([FitLine]).
//
// Nothing that judges assumes a normal distribution; [Power] and [Detectable],
// which tell beforehand what can be judged, do. What draws random numbers takes a
// seed, so the same data gives the same answer.
//
// It does not read files, know metrics, or drop outliers.
package stats
