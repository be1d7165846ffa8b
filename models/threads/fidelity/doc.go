// Package fidelity shows that packages threading, queue and futures behave like CPython's
// modules, and files like those of os: who waits, who goes on, what each call answers, and
// the words of its errors. It has tests only.
//
// testdata has small programs for CPython, and what version 3.11.7 printed. Each has a twin
// here that must print the same bytes, with the interpreter lock and without it.
// testdata/README.md tells how to add one.
package fidelity
