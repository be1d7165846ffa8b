// Package traces compares programs in Go with what CPython printed for the same
// programs. It is for tests.
//
// A folder testdata has scripts, NAME.py, and beside each the trace that it printed
// under the version of CPython that is re-created, NAME.txt. A twin is the script by
// hand in Go and must print the same bytes. A [Suite] has the four tests of such a
// folder.
package traces
