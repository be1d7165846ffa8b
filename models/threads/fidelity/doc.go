// Package fidelity shows that threads behave like CPython's threading, queue,
// concurrent.futures and the files of os: who waits, who goes on, what each call
// answers, and the words of its errors. It has tests only.
//
// testdata has small programs for CPython and what version 3.11.7 printed; each has
// a twin here that must print the same bytes, under the interpreter lock and
// without it. testdata/README.md tells how to add one.
package fidelity
