//go:build !linux && !darwin

package platform

import "concbench/results"

func describe(*results.Machine) {}

func settings(*results.Machine) {}
