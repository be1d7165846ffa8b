// Package platform asks the machine what it is, what it allows and what it is
// doing: the stable facts that identify it, the limits that a run can hit, the
// processors a process may use, the memory a process holds, and what else ran
// meanwhile.
//
// Linux answers all of it. Elsewhere the facts are those that Go itself knows,
// and what cannot be had is [ErrUnsupported]; nothing is guessed.
package platform
