package measure

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"concbench/internal/platform"
	"concbench/measure/protocol"
	"concbench/results"
)

// runTrial runs one trial of the plan in a process of its own. An error means
// that the run cannot go on; whatever befalls the trial is in its record.
func (r *Runner) runTrial(ctx context.Context, planned results.Planned, pages string) (record results.Record, err error) {
	before := r.read()
	var process time.Duration
	onOwnThread(func() {
		record, process, err = r.attempt(ctx, planned, pages)
		record.Settings = r.changed()
	})
	after := r.read()

	record.Schema = results.Schema
	record.Seq, record.Round, record.Cell = planned.Seq, planned.Round, planned.Cell
	record.Scale, record.Seed = planned.Scale, planned.Seed
	record.Start, record.Attempt = before.time.Round(0), r.attempts(planned.Seq)
	record.Error, record.Stack = clip(record.Error), clip(record.Stack)
	record.Took = after.time.Sub(before.time).Seconds()
	record.Machine = after.since(before, process)
	return judge(record), err
}

// attempt starts the process on the processors of its cell, and attends it. It
// also returns the CPU time of that process.
func (r *Runner) attempt(ctx context.Context, planned results.Planned, pages string) (record results.Record, cpu time.Duration, err error) {
	cpus, err := r.processors(planned.Cell)
	if err != nil {
		return results.Record{Status: results.Skipped, Error: err.Error()}, 0, nil
	}
	if err := r.program.unchanged(); err != nil {
		return results.Record{}, 0, err
	}
	spec := protocol.Spec{Trial: planned, Started: time.Now(), Pages: pages, URLs: r.Plan.URLs, ItemSec: r.Plan.ItemSec}
	p, err := startProcess(r.Worker, r.environment(), cpus)
	if refused := (affinityError{}); errors.As(err, &refused) {
		return results.Record{Status: results.Skipped, Error: err.Error() + ": allow sched_setaffinity, or run with cpu=any"}, 0, nil
	}
	if err != nil {
		return results.Record{}, 0, fmt.Errorf("%w: start %s: %w", ErrWorker, r.Worker, err)
	}
	defer p.closePipes()
	record, err = r.attend(ctx, p, spec)
	record.Affinity = cpus
	return record, p.cpu(), err
}

// attend speaks with the process until it ends, or its time does, and tells
// what became of the trial.
func (r *Runner) attend(ctx context.Context, p *process, spec protocol.Spec) (results.Record, error) {
	c := converseWith(p)
	if err := welcome(ctx, p, c, r.build); err != nil {
		return results.Record{}, err
	}
	limit := r.Deadline(spec.Trial)
	limited, stop := p.limit(ctx, limit)
	defer stop()
	said := c.hold(spec)
	if said != nil {
		p.kill()
	}
	ended := p.wait()
	if ctx.Err() != nil {
		return results.Record{}, ErrInterrupted
	}
	record := outcome(c, said, ended, p.stderr.why())
	switch {
	case record.Status != results.Crashed:
	case limited.Err() != nil:
		record.Status = results.Killed
		record.Error = fmt.Sprintf("still running at its deadline of %v, and killed; it was thought to take %v",
			limit.Round(time.Second), typical(r.Workloads, spec.Trial).Round(time.Millisecond))
	case said == nil && fromOutside(ended, p.stderr.why()):
		record = terminated(ended, r.attempts(spec.Trial.Seq))
	}
	return record, nil
}

// clip shortens a text from a trial, which may be as long as somebody likes, to
// what a record may hold.
func clip(text string) string {
	const left = " [...]"
	if len(text) <= results.MaxText {
		return text
	}
	return strings.ToValidUTF8(text[:results.MaxText-len(left)], "") + left
}

// welcome waits for the greeting of a process that has been started, and ends
// one that is not the worker of this build.
func welcome(ctx context.Context, p *process, c *conversation, build string) error {
	_, stop := p.limit(ctx, startTimeout)
	err := c.greet(build)
	stop()
	if err == nil {
		return nil
	}
	p.kill()
	ended := p.wait()
	if ctx.Err() != nil {
		return ErrInterrupted
	}
	return fmt.Errorf("%w: %s: %s", err, p.cmd.Path, causes(ended, p.stderr.why()))
}

// outcome makes a record of how a process ended: its own, if it handed one in
// and then left in good order.
func outcome(c *conversation, said, ended error, stderr string) results.Record {
	if said == nil && ended == nil && c.record != nil {
		return *c.record
	}
	text := "the process ended without a record: "
	if said != nil {
		text = "killed, because it broke the protocol: " + said.Error() + ": "
	}
	return results.Record{Status: results.Crashed, Error: text + causes(ended, stderr)}
}

// processors are those that a trial of the cell is held to: one, the last that
// the runner itself may use, if the cell says cpu=same. With cpu=cross there must be two.
func (r *Runner) processors(cell results.Cell) ([]int, error) {
	where := cell.Params.Get("cpu")
	if where != "same" && where != "cross" {
		return nil, nil
	}
	own, err := platform.Affinity()
	if err != nil {
		return nil, err
	}
	if where == "cross" {
		if len(own) < 2 {
			return nil, fmt.Errorf("cpu=cross needs two processors, and this run may use only processor %d: allow another, or run with cpu=same", own[0])
		}
		return nil, nil
	}
	return own[len(own)-1:], nil
}
