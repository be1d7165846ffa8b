// Command bench measures what each way of running many things at once costs.
//
// It joins the parts: the models and workloads to the runner of package
// measure, and what a run left on disk to the pictures and tables of package
// reports. Each verb is a file of its own, a few lines around functions that
// live in those packages.
//
// Errors are one line each on standard error: what failed, where, and what to try.
// All output goes through package terminal, so that no text from outside steers the
// terminal that it is shown on. The exit status says how it ended:
//
//	0    done
//	1    failed: what was typed was right and could not be done, or a trial has no number
//	2    wrong use: what was typed cannot be right, be it a verb, a flag, a value, or a
//	     path at which there is not what is wanted
//	130  interrupted; what was measured is kept, and the message says how to resume
package main
