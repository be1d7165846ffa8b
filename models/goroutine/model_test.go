package goroutine

import (
	"runtime"
	"testing"

	"concbench/models"
)

func TestProcs(t *testing.T) {
	m, err := New("procs=1")
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.GOMAXPROCS(0)
	var during int
	m.Run(func(models.Task) error { during = runtime.GOMAXPROCS(0); return nil })
	if during != 1 || runtime.GOMAXPROCS(0) != before {
		t.Errorf("GOMAXPROCS was %d during and %d after Run, want 1 and %d", during, runtime.GOMAXPROCS(0), before)
	}
	if m.Options() != "procs=1" || m.Traits().Parallel {
		t.Errorf("options %q, traits %+v: one processor is not parallel", m.Options(), m.Traits())
	}
}

func TestWidthThatIsThereAnywayIsNoOption(t *testing.T) {
	before := runtime.GOMAXPROCS(2)
	defer runtime.GOMAXPROCS(before)
	for options, want := range map[string]string{"": "", "procs=1": "procs=1", "procs=2": "", "procs=3": "procs=3"} {
		m, err := New(options)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Reduced(); got != want {
			t.Errorf("%q on two processors is %q, want %q", options, got, want)
		}
	}
}

func TestDefaultIsParallel(t *testing.T) {
	m, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	if m.Options() != "" || !m.Traits().Parallel {
		t.Errorf("options %q, traits %+v", m.Options(), m.Traits())
	}
}

func TestBadOptions(t *testing.T) {
	for _, options := range []string{"procs=0", "procs=-1", "procs=1025", "procs=two", "procs", "procs=1,procs=1", "gil=off", ","} {
		if _, err := New(options); err == nil {
			t.Errorf("New(%q) succeeded", options)
		}
	}
}
