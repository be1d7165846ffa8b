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
const version = 1

// Build identifies what a binary would do as a trial: its version, its Go, the
// protocol, and a digest of the workloads as they declare themselves, since
// builds without version control cannot tell themselves apart otherwise.
func Build(all []workloads.Workload) string {
	commit, changed := buildinfo.Version()
	if changed {
		commit += "-dirty"
	}
	return fmt.Sprintf("concbench %s %s/%s %s protocol %d schema %d workloads %s",
		commit, runtime.GOOS, runtime.GOARCH, runtime.Version(), version, results.Schema, digest(all))
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
