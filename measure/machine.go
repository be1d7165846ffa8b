package measure

import (
	"os"
	"time"

	"concbench/internal/cpuclock"
	"concbench/internal/platform"
	"concbench/results"
)

// A reading is what the machine has done up to a moment, and what this program
// did of that.
type reading struct {
	time  time.Time
	load  platform.Load
	own   float64 // CPU seconds of the runner and the page server
	known bool
}

// read reads the machine. What it does not tell is a footnote to a trial, and no
// reason to lose one.
func (r *Runner) read() reading {
	load, errLoad := r.load()
	own, errOwn := cpuclock.Of(os.Getpid())
	return reading{time.Now(), load, own + r.pages.cpu(), errLoad == nil && errOwn == nil}
}

// since is what the machine did between two readings, while a trial's process
// used so much CPU time. It is zero if one of them is not known.
func (now reading) since(old reading, process time.Duration) results.Noise {
	if !now.known || !old.known || now.load.CPUs != old.load.CPUs {
		return results.Noise{}
	}
	return results.Noise{
		Load1:     old.load.Load1,
		Steal:     now.load.Steal - old.load.Steal,
		Busy:      now.load.Busy(old.load),
		Own:       max(0, now.own-old.own) + process.Seconds(),
		Throttled: now.load.Throttled - old.load.Throttled,
	}
}
