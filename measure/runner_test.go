package measure

import (
	"context"
	"testing"

	"concbench/results"
)

func TestRunCarriesOutThePlan(t *testing.T) {
	r := toyRunner(t, toyPlan(t, 2, "Toy"))
	summary, err := r.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if summary.Partial() || summary.ByStatus[results.OK] != 4 {
		t.Fatalf("summary %+v; want 4 trials, all ok", summary)
	}
	run, records, cut, err := results.Open(r.Dir)
	if err != nil || cut != nil || len(records) != 4 {
		t.Fatalf("Open = %d records, %v, %v", len(records), cut, err)
	}
	for i, record := range records {
		if record.Seq != i || record.Cell.Key() != run.Plan[i].Cell.Key() || record.Values["sec/count"] <= 0 {
			t.Errorf("record %d: %+v", i, record)
		}
	}
}
