//go:build !linux

package models_test

import (
	"testing"

	"concbench/models"
)

func threadsOf(t *testing.T, _ models.Model) map[int]bool {
	t.Skip("thread ids are read on Linux only")
	return nil
}
