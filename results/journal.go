package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"concbench/internal/files"
)

// JournalName is the file of a run that holds its records.
const JournalName = "trials.jsonl"

// ErrBusy is the error of a journal that another process holds open.
var ErrBusy = errors.New("another bench is running there: wait until it ends, or interrupt it")

// A Journal is the append-only list of a run's records. When Append returns,
// the record is on disk, whole, and under the name by which the run is read; or else
// there is an error. It keeps a copy of its text: see [MovedError].
type Journal struct {
	dir     string
	sum     string      // of run.json
	runText []byte      // of run.json
	runInfo fs.FileInfo // of run.json when it was seen to hold runText; or nil
	file    *os.File
	text    []byte // the whole lines
}

// OpenJournal opens the journal of the run in dir for appending, and returns what
// is there, as [Open] does; it makes the file if there is none. A last line that
// was cut in half is removed. Damaged lines are set aside: the file as it was is kept
// under another name, and the journal goes on without them. One process at a time may
// hold a journal open; for others the error is [ErrBusy].
func OpenJournal(dir string) (*Journal, *Saved, error) {
	saved, runText, err := openRun(dir)
	if err != nil {
		return nil, nil, err
	}
	if saved.Run.Schema != Schema {
		return nil, nil, fmt.Errorf("%s is a run of schema %d, which can be read but not gone on with: use the version that made it", dir, saved.Run.Schema)
	}
	path := filepath.Join(dir, JournalName)
	f, err := files.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return nil, nil, fmt.Errorf("open the journal: %w", err)
	}
	j := &Journal{dir: dir, sum: saved.sum, runText: runText, file: f}
	if err := j.takeUp(saved, path); err != nil {
		return nil, nil, errors.Join(err, j.Close())
	}
	return j, saved, nil
}

// takeUp locks the file, reads it and makes it end after its last whole line.
func (j *Journal) takeUp(saved *Saved, path string) error {
	if err := j.lock(path); err != nil {
		return err
	}
	text, err := files.ReadAll(j.file, path, MaxJournal)
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	if err := saved.read(text, path); err != nil {
		return err
	}
	if j.text = saved.whole(text); len(saved.Damage) > 0 {
		err = j.setAside(text)
	} else if len(j.text) < len(text) {
		err = j.file.Truncate(int64(len(j.text)))
	}
	if err != nil {
		return fmt.Errorf("mend the journal: %w", err)
	}
	return syncDir(j.dir)
}

// lock takes the file for this process. The kernel lets it go when the file is
// closed, however the process ends. A lock holds for a file, not for a name: while
// this process waited its turn, another may have put a mended file in its place.
func (j *Journal) lock(path string) error {
	err := unix.Flock(int(j.file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err != nil && !errors.Is(err, unix.EWOULDBLOCK) {
		return fmt.Errorf("lock the journal %s: %w", path, err)
	}
	if err != nil || !isUnder(j.file, path) {
		return fmt.Errorf("%s: %w", j.dir, ErrBusy)
	}
	return nil
}

// Append writes the record as one line and flushes it to disk. If that fails,
// the journal is as it was before, as far as the disk lets it. If the line is on disk
// but the run is not where it was, the error is a [MovedError].
func (j *Journal) Append(r Record) error {
	line, err := j.line(r)
	if err != nil {
		return fmt.Errorf("trial %d: %w", r.Seq, err)
	}
	_, err = j.file.Write(line)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("write trial %d to the journal: %w", r.Seq, errors.Join(err, j.takeBack()))
	}
	j.text = append(j.text, line...)
	return j.InPlace()
}

// A journalLine is a record with the checksum of the run.json that it belongs to.
type journalLine struct {
	Record
	Run string `json:"run"`
}

func (j *Journal) line(r Record) ([]byte, error) {
	object, err := json.Marshal(journalLine{r, j.sum})
	if err != nil {
		return nil, err
	}
	line := append(lineSeal.put(object), '\n')
	switch {
	case len(line) > MaxLine:
		return nil, fmt.Errorf("its record has %d bytes, and at most %d are allowed", len(line), MaxLine)
	case len(j.text)+len(line) > MaxJournal:
		return nil, fmt.Errorf("the journal would have more than %d bytes, the most that is read: start a new run", MaxJournal)
	}
	return line, nil
}

// takeBack removes what a failed write left behind.
func (j *Journal) takeBack() error {
	info, err := j.file.Stat()
	if err != nil || info.Size() <= int64(len(j.text)) {
		return err
	}
	return j.file.Truncate(int64(len(j.text)))
}

// Close lets go of the journal.
func (j *Journal) Close() error { return j.file.Close() }
