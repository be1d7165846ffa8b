package measure

import (
	"context"
	"errors"
	"fmt"
	"time"

	"concbench/internal/platform"
	"concbench/measure/protocol"
	"concbench/results"
	"concbench/workloads"
)

// A Runner carries out a run. Plan, or a Runner from [Resume], and Dir must be
// given; the rest has defaults.
type Runner struct {
	Plan results.Run
	Dir  string // of the run: new, unless resumed

	Worker    string               // path of the worker program; beside this executable if empty
	Workloads []workloads.Workload // those that the worker has; workloads.All if nil
	Env       []string             // further variables for the worker
	Progress  Progress             // who is told how far the run is; nobody if nil

	// Deadline is how long a trial may take before it is killed; the default is
	// a minute more than ten times what its workload says is typical.
	Deadline func(results.Planned) time.Duration

	Warnings []string // of Resume: what was found on disk that people should know

	resumed bool
	sum     string  // of the run that was resumed
	build   string  // that the worker must be of
	program program // the worker as it was at the start
	journal *results.Journal
	done    map[int]results.Record // by Seq
	again   map[int]bool           // by Seq: those of done that are to be tried once more
	called  map[int]bool           // rounds of the reserve that are measured
	pages   *pageServer
	load    func() (platform.Load, error) // what the machine does; in tests another
}

// A Summary is what has become of the trials of a run so far.
type Summary struct {
	Dir      string
	Planned  int                    // trials in the plan
	Done     int                    // trials with a record
	Again    int                    // of those, trials that Resume would try again
	ByStatus map[results.Status]int // of those
	Records  []results.Record       // in the order of the plan
}

// Partial reports whether trials of the plan are still to be run.
func (s Summary) Partial() bool { return s.Done < s.Planned }

// Done are the records that there are, in the order of the plan.
func (r *Runner) Done() []results.Record { return r.summary().Records }

// Estimate is about how long the rest of the plan will take.
func (r *Runner) Estimate() time.Duration {
	r.setDefaults()
	return newEstimate(r).remaining()
}

// Run carries out what is left of the plan. It returns when the plan is done,
// when the context ends ([ErrInterrupted]), when the worker is of no use
// ([ErrWorker]) or when a record cannot be written ([ErrRecord]). In each case the
// summary tells what is on disk, the run can be read, and what is left can be resumed.
func (r *Runner) Run(ctx context.Context) (Summary, error) {
	if err := r.open(); err != nil {
		return Summary{Dir: r.Dir, Planned: r.Due()}, err
	}
	err := r.runPlan(ctx)
	if !errors.Is(err, ErrRecord) {
		err = errors.Join(err, r.located(r.journal.InPlace()))
	}
	err = errors.Join(err, r.pages.stop(), r.journal.Close())
	summary := r.summary()
	if _, moved := errors.AsType[*results.MovedError](err); errors.Is(err, ErrRecord) && !moved {
		return summary, err // and bench.txt cannot be written either
	}
	bench := results.Fewer(r.Dir, summary.Done)
	if bench == nil {
		bench = results.WriteBenchFile(r.Dir, &r.Plan, summary.Records)
	}
	if bench != nil {
		err = errors.Join(err, fmt.Errorf("%w: %w", ErrRecord, bench))
	}
	return summary, err
}

func (r *Runner) setDefaults() {
	if r.Workloads == nil {
		r.Workloads = workloads.All
	}
	if r.Deadline == nil {
		r.Deadline = r.generous
	}
	if r.Progress == nil {
		r.Progress = silent{}
	}
	if r.load == nil {
		r.load = platform.ReadLoad
	}
	r.build = protocol.Build(r.Workloads)
}

// open finds the worker, makes or reopens the run on disk and learns what has
// been done.
func (r *Runner) open() error {
	r.setDefaults()
	var err error
	if r.Worker, err = findWorker(r.Worker); err != nil {
		return err
	}
	if r.program, err = identify(r.Worker, r.Env, protocol.Identity(r.Workloads)); err != nil {
		return err
	}
	if err := r.describeWorker(); err != nil {
		return err
	}
	if err := r.openRun(); err != nil {
		return err
	}
	r.pages = &pageServer{worker: r.Worker, env: r.Env}
	return nil
}

func (r *Runner) runPlan(ctx context.Context) error {
	left := newEstimate(r)
	for _, planned := range r.Plan.Plan {
		if r.missing(planned.Seq) {
			if planned.Reserve && !r.called[planned.Round] {
				if !r.call(planned.Round) {
					return nil
				}
				left.count()
			}
			if ctx.Err() != nil {
				return r.interrupted()
			}
			r.Progress.TrialStarted(planned, left.remaining())
			left.start()
			record, err := r.runOne(ctx, planned)
			if errors.Is(err, ErrInterrupted) {
				return r.interrupted()
			}
			if err != nil {
				return err
			}
			left.saw(record)
			r.Progress.TrialDone(record, left.remaining())
		}
		if err := r.closeGroup(planned.Seq); err != nil {
			return err
		}
	}
	return nil
}

// runOne runs one trial and has its record on disk.
func (r *Runner) runOne(ctx context.Context, planned results.Planned) (results.Record, error) {
	pages, err := r.pagesFor(planned)
	if err != nil {
		return results.Record{}, err
	}
	record, err := r.runTrial(ctx, planned, pages)
	if err != nil {
		return record, err
	}
	if pages != "" && record.Status == results.Failed {
		record = r.pages.blame(record)
	}
	return record, r.keep(record)
}

func (r *Runner) keep(record results.Record) error {
	err := r.journal.Append(record)
	if _, moved := errors.AsType[*results.MovedError](err); err == nil || moved {
		r.done[record.Seq] = record
		delete(r.again, record.Seq)
		return r.located(err)
	}
	return fmt.Errorf("%w: %w: make room or choose another folder; what was measured before is kept", ErrRecord, err)
}

// located takes note of where the run is now, if it has been moved.
func (r *Runner) located(err error) error {
	moved, ok := errors.AsType[*results.MovedError](err)
	if !ok {
		return err
	}
	if r.Dir = moved.Now; moved.Err != nil {
		r.Dir, r.done = moved.Dir, map[int]results.Record{} // nothing is on disk
	}
	return fmt.Errorf("%w: %w", ErrRecord, err)
}

// closeGroup compares the ledgers of a group of trials whose last one is seq.
func (r *Runner) closeGroup(seq int) error {
	plan := r.Plan.Plan
	if seq+1 < len(plan) && sameGroup(plan[seq], plan[seq+1]) {
		return nil
	}
	first := seq
	for first > 0 && sameGroup(plan[first-1], plan[seq]) {
		first--
	}
	var group []results.Record
	for i := first; i <= seq; i++ {
		group = append(group, r.done[i])
	}
	for _, refused := range judgeGroup(group) {
		if err := r.keep(refused); err != nil {
			return err
		}
		r.Progress.Refused(refused)
	}
	return nil
}

// sameGroup tells whether two trials do the same work under different models.
func sameGroup(a, b results.Planned) bool {
	return a.Round == b.Round && a.Seed == b.Seed && a.Scale == b.Scale && a.Cell.Subject() == b.Cell.Subject()
}

func (r *Runner) interrupted() error {
	return fmt.Errorf("%w after %d of %d trials", ErrInterrupted, len(r.done), r.Due())
}

func (r *Runner) summary() Summary {
	s := Summary{Dir: r.Dir, Planned: r.Due(), Done: len(r.done), ByStatus: map[results.Status]int{}}
	for _, planned := range r.Plan.Plan {
		if record, ok := r.done[planned.Seq]; ok {
			s.ByStatus[record.Status]++
			if tryAgain(record) {
				s.Again++
			}
			s.Records = append(s.Records, record)
		}
	}
	return s
}
