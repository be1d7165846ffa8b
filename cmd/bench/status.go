package main

import (
	"context"
	"errors"
	"strings"
	"syscall"

	"concbench/measure"
)

// A usageError is the user's mistake on the command line: what was typed cannot
// be right.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// status is the exit status for a verb's error.
func status(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		return 2
	case errors.Is(err, measure.ErrInterrupted), errors.Is(err, context.Canceled):
		return 130
	}
	return 1
}

// notThePath are the errors of a file that are not about which file was named.
var notThePath = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM}

// named marks the error of a path that was typed as wrong use, unless the disk
// or the machine has failed.
func named(err error) error {
	for _, other := range notThePath {
		if errors.Is(err, other) {
			return err
		}
	}
	return usageError{err}
}

// parts are the errors that were joined in err, each to be told in a line of its own.
func parts(err error) []error {
	if err == nil {
		return nil
	}
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	// An error that wraps several is like a joined one, but has a text of its own.
	var texts []string
	var all []error
	for _, e := range several.Unwrap() {
		texts = append(texts, e.Error())
		all = append(all, parts(e)...)
	}
	if err.Error() != strings.Join(texts, "\n") {
		return []error{err}
	}
	return all
}
