package protocol

import (
	"testing"

	"concbench/results"
	"concbench/workloads"
)

func TestBuildTellsWorkloadsApart(t *testing.T) {
	one := []workloads.Workload{{Name: "A", Doc: "a", Params: []workloads.ParamDef{{Name: "p", Default: "1"}}, Metrics: []results.Metric{{Name: "sec/op"}}}}
	if first, again := Build(one), Build(one); first != again {
		t.Error("the same table twice gives two builds")
	}
	for change, edit := range map[string]func(w *workloads.Workload){
		"name":    func(w *workloads.Workload) { w.Name = "B" },
		"default": func(w *workloads.Workload) { w.Params = []workloads.ParamDef{{Name: "p", Default: "2"}} },
		"metric":  func(w *workloads.Workload) { w.Metrics = []results.Metric{{Name: "sec/op", Exact: true}} },
	} {
		w := one[0]
		edit(&w)
		if Build([]workloads.Workload{w}) == Build(one) {
			t.Errorf("a changed %s gives the same build", change)
		}
	}
}
