package measure

import (
	"errors"
	"fmt"
	"path/filepath"

	"concbench/results"
)

// Resume prepares the rest of the run in dir: the trials without a record, and
// those that a signal from outside has ended, which are tried once more. A run that was
// begun by another build, or on another machine, cannot be finished here: [ErrOther].
func Resume(dir string) (*Runner, error) {
	// The link "latest" may lead elsewhere before the run ends.
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	saved, err := results.Open(dir)
	if err != nil {
		return nil, err
	}
	if saved.Run.Schema != results.Schema {
		return nil, fmt.Errorf("resume %s: %w: it is of schema %d, which can be read but not gone on with", dir, ErrOther, saved.Run.Schema)
	}
	if err := sameOrigin(*saved.Run); err != nil {
		return nil, fmt.Errorf("resume %s: %w: %w", dir, ErrOther, err)
	}
	r := &Runner{Plan: *saved.Run, Dir: dir, resumed: true, sum: saved.Sum()}
	r.know(saved.Records)
	r.warn(saved)
	return r, nil
}

// openRun writes the run.json of a new run, takes its journal, and points latest
// to it: from now on it can be resumed.
func (r *Runner) openRun() error {
	if !r.resumed {
		r.setPace()
		if err := results.Create(r.Dir, r.Plan); err != nil {
			return fmt.Errorf("%w: %w", ErrRecord, err)
		}
	}
	journal, saved, err := results.OpenJournal(r.Dir)
	if errors.Is(err, results.ErrBusy) {
		return err
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRecord, err)
	}
	if r.resumed && r.sum != saved.Sum() {
		err = fmt.Errorf("resume %s: %w: another run was put in its place meanwhile", r.Dir, ErrOther)
	} else if err = results.PointLatest(r.Dir); err != nil {
		err = fmt.Errorf("%w: %w", ErrRecord, err)
	}
	if err != nil {
		return errors.Join(err, journal.Close())
	}
	r.journal = journal
	r.know(saved.Records)
	return nil
}

// know learns what is on disk.
func (r *Runner) know(records []results.Record) {
	r.done, r.again, r.called = map[int]results.Record{}, map[int]bool{}, map[int]bool{}
	for _, record := range records {
		r.done[record.Seq] = record
		r.called[record.Round] = r.Plan.Plan[record.Seq].Reserve
		if tryAgain(record) {
			r.again[record.Seq] = true
		}
	}
}

// tryAgain tells whether the trial of the record deserves another attempt.
func tryAgain(record results.Record) bool {
	return record.Status == results.Terminated && record.Attempt+1 < maxAttempts
}

// missing tells whether the trial has no record, or one that is to be replaced.
func (r *Runner) missing(seq int) bool {
	_, done := r.done[seq]
	return !done || r.again[seq]
}

// left tells whether the trial is still to be run, as far as is known.
func (r *Runner) left(p results.Planned) bool { return r.missing(p.Seq) && r.due(p) }

// Left is how many trials are still to be run.
func (r *Runner) Left() int {
	n := 0
	for _, planned := range r.Plan.Plan {
		if r.left(planned) {
			n++
		}
	}
	return n
}

// attempts is how often the trial has been tried before.
func (r *Runner) attempts(seq int) int {
	if record, tried := r.done[seq]; tried {
		return record.Attempt + 1
	}
	return 0
}

// warn notes what is odd about a run that is resumed.
func (r *Runner) warn(saved *results.Saved) {
	if saved.Cut != nil {
		r.Warnings = append(r.Warnings, saved.Cut.String())
	}
	if err := saved.Lost(); err != nil {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%v; they are run again, and the journal as it was is kept as %s.damaged", err, results.JournalName))
	}
	if err := results.Fewer(r.Dir, len(saved.Records)); err != nil {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%v; the missing trials are run again", err))
	}
}
