// Command bench measures what each way of running many things at once costs.
//
// It joins the parts: the models and workloads to the runner of package
// measure, and what a run left on disk to the pictures and tables of package
// reports. Each verb is a file of its own, a few lines around functions that
// live in those packages.
//
// Errors are one line on standard error: what failed, where, and what to try.
// The exit status says how it ended:
//
//	0    done
//	1    failed: nothing to measure with, or a trial without a number
//	2    wrong use: an unknown verb, flag, value or name
//	130  interrupted; what was measured is kept, and the message says how to resume
package main
