package futures

import (
	"testing"
	"time"

	"concbench/internal/ratios"
	"concbench/models/threads/threading"
)

// chunk is the number of jobs that are timed at a stretch. Subject and baseline alternate.
const chunk = 20

// BenchmarkRecycled gives a job to an idle worker of a pool and waits for its result. The
// baseline makes a thread for the job and joins it. x/cold is the median ratio of
// neighbouring chunks.
func BenchmarkRecycled(b *testing.B) {
	in, err := threading.NewInterpreter("")
	if err != nil {
		b.Fatal(err)
	}
	var pairs ratios.Pairs
	err = in.Run(func(t *threading.Thread) error {
		p, err := NewThreadPoolExecutor(in, Config{MaxWorkers: 1})
		for b.Loop() && err == nil {
			var r, c time.Duration
			if r, err = timed(func() error { return recycle(t, p) }); err == nil {
				c, err = timed(func() error { return makeThread(t) })
			}
			pairs.Add(float64(r)/chunk, float64(c)/chunk)
		}
		if s := p.Stats(); s.Started != 1 {
			b.Errorf("%+v: want one thread for all jobs", s)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	if !pairs.Enough(b) {
		return
	}
	b.ReportMetric(pairs.Ratio(), "x/cold")
	b.ReportMetric(pairs.Subject(), "ns/recycled")
	b.ReportMetric(pairs.Baseline(), "ns/cold")
	b.ReportMetric(0, "ns/op") // an op would be a whole pair of chunks
}

func timed(f func() error) (time.Duration, error) {
	begin := time.Now()
	err := f()
	return time.Since(begin), err
}

func recycle(t *threading.Thread, p *ThreadPoolExecutor) error {
	for range chunk {
		future, err := Submit(t, p, func(*threading.Thread) (int, error) { return 1, nil })
		if err != nil {
			return err
		}
		if _, err := future.Result(t); err != nil {
			return err
		}
	}
	return nil
}

func makeThread(t *threading.Thread) error {
	for range chunk {
		th := t.NewThread(func(*threading.Thread) error { return nil })
		if err := th.Start(t); err != nil {
			return err
		}
		if err := th.Join(t); err != nil {
			return err
		}
	}
	return nil
}
