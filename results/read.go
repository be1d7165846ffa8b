package results

import (
	"bytes"
	"errors"
	"fmt"
)

// A CutLine is the last line of a journal whose writing was interrupted. The
// records before it are whole.
type CutLine struct {
	File string
	Line int // from 1
}

func (c CutLine) String() string {
	return fmt.Sprintf("%s:%d: the last line was cut in half: the trial it held counts as not run", c.File, c.Line)
}

// Damage is a line of a journal that is not as it was written. What it held is
// lost: the trial counts as not run.
type Damage struct {
	File string
	Line int // from 1
	Why  string
}

func (d Damage) String() string { return fmt.Sprintf("%s:%d: damaged: %s", d.File, d.Line, d.Why) }

// read adds the records in text, one a line. A record replaces an earlier one
// of the same Seq: that is how a trial is refused after the fact, or tried again.
// Lines that are not as they were written go into s.Damage, and a last line without
// its end into s.Cut; empty lines mean nothing. A line that is whole, but not of this
// run or not of this schema, is an error. The name stands for the file in messages.
func (s *Saved) read(text []byte, name string) error {
	place := map[int]int{} // of a Seq in s.Records
	number := 0
	for line := range bytes.Lines(text) {
		number++
		content, ended := bytes.CutSuffix(line, []byte("\n"))
		if len(bytes.TrimSpace(content)) == 0 {
			continue
		}
		if !ended {
			s.Cut = &CutLine{File: name, Line: number}
			break
		}
		record, err := s.parse(content)
		if errors.Is(err, errDamaged) {
			s.Damage = append(s.Damage, Damage{name, number, err.Error()})
			continue
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, number, err)
		}
		s.lastLine = number
		if i, again := place[record.Seq]; again {
			s.Records[i] = record
		} else {
			place[record.Seq] = len(s.Records)
			s.Records = append(s.Records, record)
		}
	}
	return nil
}

// whole are the lines of text that have been read and were neither damaged nor cut.
func (s *Saved) whole(text []byte) []byte {
	text = text[:bytes.LastIndexByte(text, '\n')+1]
	if len(s.Damage) == 0 {
		return text
	}
	damaged := map[int]bool{}
	for _, d := range s.Damage {
		damaged[d.Line] = true
	}
	var whole []byte
	number := 0
	for line := range bytes.Lines(text) {
		if number++; !damaged[number] {
			whole = append(whole, line...)
		}
	}
	return whole
}

// A damagedError says why a line is not as it was written.
type damagedError struct{ error }

var errDamaged = errors.New("damaged")

func (damagedError) Is(target error) bool { return target == errDamaged }

// parse reads a line of the schema of the run.
func (s *Saved) parse(line []byte) (Record, error) {
	if len(line) > MaxLine {
		return Record{}, fmt.Errorf("the line has %d bytes, and at most %d are allowed", len(line), MaxLine)
	}
	if s.Run.Schema == firstSchema {
		var r Record
		if err := decode(line, &r); err != nil {
			return r, damagedError{fmt.Errorf("not a record: %w", err)}
		}
		return r, s.check(r)
	}
	object, _, err := lineSeal.take(line)
	if err != nil {
		return Record{}, damagedError{err}
	}
	var l journalLine
	if err := decode(object, &l); err != nil {
		return l.Record, fmt.Errorf("not a record: %w", err)
	}
	if l.Run != s.sum {
		return l.Record, fmt.Errorf("trial %d is of the run with the checksum %s, and %s has %s: they are of different runs", l.Seq, l.Run, RunName, s.sum)
	}
	return l.Record, s.check(l.Record)
}

// check returns an error if the record is not one of this run's plan.
func (s *Saved) check(r Record) error {
	if r.Schema != s.Run.Schema {
		return fmt.Errorf("a record of schema %d in a run of schema %d", r.Schema, s.Run.Schema)
	}
	if r.Seq < 0 || r.Seq >= len(s.Run.Plan) {
		return fmt.Errorf("the journal has trial %d, but the plan has %d trials, counted from 0: they are of different runs", r.Seq, len(s.Run.Plan))
	}
	planned := s.Run.Plan[r.Seq]
	if !r.Cell.equal(planned.Cell) {
		return fmt.Errorf("trial %d is %.200q in the journal and %s in the plan: they are of different runs", r.Seq, r.Cell.Key(), planned.Cell.Key())
	}
	if r.Round != planned.Round || r.Scale != planned.Scale || r.Seed != planned.Seed {
		return fmt.Errorf("trial %d has round %d, scale %v and seed %d in the journal and %d, %v and %d in the plan: they are of different runs",
			r.Seq, r.Round, r.Scale, r.Seed, planned.Round, planned.Scale, planned.Seed)
	}
	switch r.Status {
	case OK, Refused, Failed, Crashed, Killed, Skipped, Terminated:
		return nil
	}
	return fmt.Errorf("a record with the unknown status %q", r.Status)
}
