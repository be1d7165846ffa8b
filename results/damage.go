package results

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"concbench/internal/files"
)

// ErrDamaged is the error of a journal that has lost records.
var ErrDamaged = errors.New("records are lost")

// Lost is nil if no line of the journal is damaged, and otherwise [ErrDamaged]
// with the lines, and the trials that have no record for it.
func (s *Saved) Lost() error {
	if len(s.Damage) == 0 {
		return nil
	}
	where := s.Damage[0].String()
	if len(s.Damage) > 1 {
		var others []int
		for _, d := range s.Damage[1:] {
			others = append(others, d.Line)
		}
		where += "; damaged as well: line " + list(others)
	}
	return fmt.Errorf("%w: %s; %s", ErrDamaged, where, s.lostTrials())
}

// lostTrials tells what the damaged lines held, as far as the others show it.
// Trials are run in the order of the plan. So one without a record is lost if a later
// one has a record; and lines behind all records were of the next.
func (s *Saved) lostTrials() string {
	end, behind := 0, 0
	has := map[int]bool{}
	for _, r := range s.Records {
		has[r.Seq], end = true, max(end, r.Seq+1)
	}
	for _, d := range s.Damage {
		if d.Line > s.lastLine {
			behind++
		}
	}
	var gone []int
	for seq := range min(end+behind, len(s.Run.Plan)) {
		if !has[seq] {
			gone = append(gone, seq)
		}
	}
	var text []string
	if len(gone) > 0 {
		text = append(text, fmt.Sprintf("%d of %d trials have no record for it: number %s", len(gone), len(s.Run.Plan), list(gone)))
	}
	if len(gone) < len(s.Damage) {
		text = append(text, "some lines were not the only record of their trial: they may have refused a number that now counts")
	}
	return strings.Join(text, "; ")
}

// list is the first of some numbers, and how many more there are.
func list(numbers []int) string {
	const shown = 10
	var words []string
	for _, n := range numbers[:min(shown, len(numbers))] {
		words = append(words, fmt.Sprint(n))
	}
	if more := len(numbers) - shown; more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, ", ")
}

// setAside keeps the damaged text under another name and puts a file of the
// whole lines in its place, locked like the one that it replaces.
func (j *Journal) setAside(damaged []byte) error {
	path := filepath.Join(j.dir, JournalName)
	_, err := files.Unused(path+".damaged", func(name string) error {
		return writeTo(name, os.O_EXCL, damaged)
	})
	if err != nil {
		return err
	}
	mended := filepath.Join(j.dir, "."+JournalName) // left over from a crash, or new: the lock is ours
	if err := writeTo(mended, os.O_TRUNC, j.text); err != nil {
		return err
	}
	f, err := os.OpenFile(mended, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	if err = unix.Flock(int(f.Fd()), unix.LOCK_EX); err == nil {
		err = os.Rename(mended, path)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	old := j.file
	j.file = f
	return old.Close()
}
