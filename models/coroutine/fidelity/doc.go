// Package fidelity shows that what runs here behaves like Python's asyncio. It has
// tests only.
//
// testdata has small programs for CPython, and beside each the trace that it
// printed under version 3.11.7: what happened, in order. Each has a twin here, the
// same program by hand in Go on the packages of this project, which must print the
// same bytes. So the order in which tasks, callbacks and errors come is compared
// with the original and not with what somebody remembers of it.
//
// If there is a python3, the traces are checked against it as well. How twins are
// written and traces recorded is told in testdata/README.md.
package fidelity
