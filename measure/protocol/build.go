package protocol

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"runtime"

	"concbench/internal/buildinfo"
	"concbench/results"
	"concbench/workloads"
)

// version changes whenever a message changes its meaning.
const version = 2

// Identity identifies what a binary would do as a trial: the digest of its
// source and its [Build]. The runner asks the worker for it once, before the first
// trial: a digest in every greeting would have every trial read its own source.
func Identity(all []workloads.Workload) string {
	return "source " + buildinfo.Tree() + " " + Build(all)
}

// Build is the part of the identity that every trial repeats in its greeting:
// the platform, the protocol, and a digest of the workloads as they declare
// themselves, which may come from outside this module.
func Build(all []workloads.Workload) string {
	return fmt.Sprintf("%s/%s %s protocol %d schema %d workloads %s",
		runtime.GOOS, runtime.GOARCH, runtime.Version(), version, results.Schema, digest(all))
}

func digest(all []workloads.Workload) string {
	type param struct{ Name, Default, Doc string }
	type row struct {
		Name, Doc string
		Params    []param
		Metrics   []results.Metric
	}
	var rows []row
	for _, w := range all {
		r := row{Name: w.Name, Doc: w.Doc, Metrics: w.Metrics}
		for _, p := range w.Params {
			r.Params = append(r.Params, param{p.Name, p.Default, p.Doc})
		}
		rows = append(rows, r)
	}
	text, err := json.Marshal(rows)
	if err != nil {
		panic("protocol: a table of texts cannot be written: " + err.Error())
	}
	return fmt.Sprintf("%x", sha256.Sum256(text))[:12]
}
