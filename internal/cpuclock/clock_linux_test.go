package cpuclock

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestOwnClockRuns(t *testing.T) {
	before, err := Of(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	after := before
	for begin := time.Now(); after <= before && time.Since(begin) < time.Minute; {
		if after, err = Of(os.Getpid()); err != nil {
			t.Fatal(err)
		}
	}
	if before < 0 || after <= before {
		t.Errorf("the clock of this process stands at %v s and then at %v s", before, after)
	}
}

func TestProcessThatHasEnded(t *testing.T) {
	child := exec.Command("/bin/true")
	if err := child.Run(); err != nil {
		t.Skip(err)
	}
	if cpu, err := Of(child.Process.Pid); err == nil {
		t.Errorf("a process that has ended has taken %v s", cpu)
	}
}
