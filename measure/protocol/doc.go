// Package protocol is what the runner and the process of a trial say to each
// other. It is all that the two share.
//
// Each message is a line of JSON. The runner writes on the trial's standard
// input; the trial writes on descriptor 3, so that whatever the workload prints
// is in nobody's way:
//
//	trial    Hello    its Build
//	runner   Spec     what to do, if the Build is the runner's own
//	trial    Memory   read what I hold now, please: before and after the
//	                  measured part, and whenever the workload asks
//	runner   Reply    here it is
//	trial    Record   the outcome; the trial then exits with status 0
//
// The trial blocks its thread while it waits for a Reply, and between two
// messages the runner waits without doing anything, so that neither is measured.
package protocol
