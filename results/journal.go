package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// JournalName is the file of a run that holds its records.
const JournalName = "trials.jsonl"

// ErrBusy is the error of a journal that another process holds open.
var ErrBusy = errors.New("another bench is running there: wait until it ends, or interrupt it")

// A Journal is the append-only list of a run's records. A record is on disk
// when Append returns, and is there whole or counts as not written.
type Journal struct {
	file *os.File
	size int64 // of the whole lines
}

// OpenJournal opens the journal of the run in dir for appending and returns the
// records it has, as [ReadJournal] does; it makes the file if there is none. A
// last line that was cut in half is removed. One process at a time may hold a
// journal open; for others the error is [ErrBusy].
func OpenJournal(dir string) (*Journal, []Record, error) {
	path := filepath.Join(dir, JournalName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return nil, nil, fmt.Errorf("open the journal: %w", err)
	}
	j, records, err := resume(f)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return j, records, nil
}

func resume(f *os.File) (*Journal, []Record, error) {
	if err := lock(f); errors.Is(err, unix.EWOULDBLOCK) {
		return nil, nil, fmt.Errorf("%s: %w", filepath.Dir(f.Name()), ErrBusy)
	} else if err != nil {
		return nil, nil, fmt.Errorf("lock the journal %s: %w", f.Name(), err)
	}
	records, cut, err := ReadJournal(f, f.Name())
	if err != nil {
		return nil, nil, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, nil, fmt.Errorf("measure the journal: %w", err)
	}
	if cut != nil {
		size = cut.Offset
		if err := f.Truncate(size); err != nil {
			return nil, nil, fmt.Errorf("remove the half line at the end of the journal: %w", err)
		}
	}
	if err := syncDir(filepath.Dir(f.Name())); err != nil {
		return nil, nil, err
	}
	return &Journal{file: f, size: size}, records, nil
}

// Append writes the record as one line and flushes it to disk. On an error
// the journal is as it was before, as far as the disk lets it.
func (j *Journal) Append(r Record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("trial %d of %s: %w", r.Seq, j.file.Name(), err)
	}
	line = append(line, '\n')
	_, err = j.file.Write(line)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("write trial %d to the journal: %w", r.Seq, errors.Join(err, j.takeBack()))
	}
	j.size += int64(len(line))
	return nil
}

// takeBack removes what a failed write left behind.
func (j *Journal) takeBack() error {
	info, err := j.file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() == j.size {
		return err
	}
	return j.file.Truncate(j.size)
}

// Close lets go of the journal.
func (j *Journal) Close() error { return j.file.Close() }

// A CutLine is the last line of a journal whose writing was interrupted. The
// records before it are whole.
type CutLine struct {
	File   string
	Line   int   // from 1
	Offset int64 // of its first byte
}

func (c CutLine) String() string {
	return fmt.Sprintf("%s:%d: the last line was cut in half: the trial it held counts as not run", c.File, c.Line)
}

// ReadJournal reads records, one a line, up to the end. A record replaces an
// earlier one of the same Seq: that is how a trial is refused after the fact.
// A last line without its end is left out and returned as a CutLine; any other
// line that is not a record of this schema is an error that names it. The name
// stands for the file in messages.
func ReadJournal(r io.Reader, name string) ([]Record, *CutLine, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("read the journal %s: %w", name, err)
	}
	var records []Record
	place := map[int]int{} // of a Seq in records
	rest := data
	for line := 1; len(rest) > 0; line++ {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			return records, &CutLine{File: name, Line: line, Offset: int64(len(data) - len(rest))}, nil
		}
		record, err := parseRecord(rest[:end])
		if err != nil {
			return nil, nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		if i, again := place[record.Seq]; again {
			records[i] = record
		} else {
			place[record.Seq] = len(records)
			records = append(records, record)
		}
		rest = rest[end+1:]
	}
	return records, nil, nil
}

func parseRecord(line []byte) (Record, error) {
	var r Record
	if err := decode(line, &r); err != nil {
		return r, fmt.Errorf("not a record: %w", err)
	}
	if r.Schema != Schema {
		return r, fmt.Errorf("a record of schema %d; this concbench reads schema %d", r.Schema, Schema)
	}
	if r.Seq < 0 || r.Round < 0 {
		return r, fmt.Errorf("a record with seq %d and round %d; both are counted from 0", r.Seq, r.Round)
	}
	switch r.Status {
	case OK, Refused, Failed, Crashed, Killed, Skipped:
		return r, nil
	}
	return r, fmt.Errorf("a record with the unknown status %q", r.Status)
}
