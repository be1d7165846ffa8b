package results

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// eachFlip calls f with every text that differs from good in one bit.
func eachFlip(good []byte, f func(flipped []byte, at int)) {
	flipped := slices.Clone(good)
	for bit := range 8 * len(good) {
		flipped[bit/8] ^= 1 << (bit % 8)
		f(flipped, bit/8)
		flipped[bit/8] = good[bit/8]
	}
}

// TestEveryFlippedBitIsNoticed flips each bit of a journal. What is read of the rest
// is true, and no more than two records are lost: a line end that is gone makes one
// line of two.
func TestEveryFlippedBitIsNoticed(t *testing.T) {
	dir := newRun(t, record(0), record(1), record(2))
	want := mustOpen(t, dir)
	eachFlip(readFile(t, dir, JournalName), func(flipped []byte, at int) {
		saved := &Saved{Run: want.Run, sum: want.sum}
		if err := saved.read(flipped, "j"); err != nil || saved.Damage == nil && saved.Cut == nil {
			t.Fatalf("byte %d, now %q: error %v, %d records, and no damage", at, flipped[at], err, len(saved.Records))
		}
		if len(saved.Records) < 1 {
			t.Fatalf("byte %d: nothing is left", at)
		}
		for _, r := range saved.Records {
			if diff := cmp.Diff(want.Records[r.Seq], r); diff != "" {
				t.Fatalf("byte %d: another record is changed: %s", at, diff)
			}
		}
	})
}

func TestEveryFlippedBitOfTheRunIsNoticed(t *testing.T) {
	eachFlip(readFile(t, newRun(t), RunName), func(flipped []byte, at int) {
		if _, _, err := parseRun(flipped); err == nil || strings.Contains(err.Error(), "\n") {
			t.Fatalf("byte %d, now %q: error %q; want one line", at, flipped[at], err)
		}
	})
}

// damaged makes a run of four trials in which these lines of the journal, from 1,
// are damaged.
func damaged(t *testing.T, records []Record, lines ...int) (dir string, text []byte) {
	t.Helper()
	dir = newRun(t, records...)
	all := bytes.SplitAfter(readFile(t, dir, JournalName), []byte("\n"))
	for _, n := range lines {
		all[n-1] = bytes.Replace(all[n-1], []byte(`"ok"`), []byte(`"ko"`), 1)
	}
	text = bytes.Join(all, nil)
	writeJournal(t, dir, text)
	return dir, text
}

func TestLostTrialsAreNamed(t *testing.T) {
	refused := record(0)
	refused.Status = Refused
	all := []Record{record(0), record(1), record(2), record(3)}
	for name, c := range map[string]struct {
		records []Record
		lines   []int
		want    string
	}{
		"in the middle":    {all, []int{2}, "trials.jsonl:2: damaged: its checksum is not that of its text; 1 of 4 trials have no record for it: number 1"},
		"the last":         {all[:2], []int{2}, "number 1"},
		"two":              {all, []int{1, 3}, "damaged as well: line 3; 2 of 4 trials have no record for it: number 0, 2"},
		"all":              {all[:2], []int{1, 2}, "number 0, 1"},
		"a second record":  {append(slices.Clone(all), record(0)), []int{5}, "some lines were not the only record of their trial"},
		"an earlier one":   {append(slices.Clone(all), refused), []int{1}, "some lines were not the only record of their trial"},
		"nothing":          {all, nil, ""},
		"none that is new": {nil, nil, ""},
	} {
		dir, _ := damaged(t, c.records, c.lines...)
		err := mustOpen(t, dir).Lost()
		if c.want == "" && err != nil || c.want != "" && (!errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

func TestListIsShort(t *testing.T) {
	if got := list(slices.Repeat([]int{7}, 13)); got != "7, 7, 7, 7, 7, 7, 7, 7, 7, 7, and 3 more" {
		t.Error(got)
	}
}

// TestDamagedLinesAreSetAside: a run that goes on keeps what was damaged under
// another name, and is whole again when the lost trial has been run.
func TestDamagedLinesAreSetAside(t *testing.T) {
	dir, text := damaged(t, []Record{record(0), record(1), record(2)}, 2)
	for _, aside := range []string{JournalName + ".damaged", JournalName + ".damaged-2"} {
		j, saved, err := OpenJournal(dir)
		if err != nil || len(saved.Records) != 2 {
			t.Fatalf("%+v, %v; want two records", saved, err)
		}
		if _, _, err := OpenJournal(dir); !errors.Is(err, ErrBusy) {
			t.Errorf("a second writer, of the mended file: %v", err)
		}
		if kept := readFile(t, dir, aside); !bytes.Equal(kept, text) {
			t.Errorf("%s holds %q; want what was there", aside, kept)
		}
		appendAll(t, j, record(1))
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		if saved := mustOpen(t, dir); len(saved.Records) != 3 || saved.Lost() != nil || saved.Cut != nil {
			t.Errorf("after it was run again: %+v", saved)
		}
		writeJournal(t, dir, text)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "."+JournalName+"*")); names != nil {
		t.Errorf("left behind: %v", names)
	}
}

func TestSealIsPlainJSON(t *testing.T) {
	sealed := lineSeal.put([]byte(`{"a":1}`))
	if string(sealed) != `{"a":1,"crc32c":"149cdbb2"}` {
		t.Errorf("sealed: %s", sealed)
	}
	object, sum, err := lineSeal.take(sealed)
	if err != nil || string(object) != `{"a":1}` || sum != "149cdbb2" {
		t.Errorf("taken: %s, %s, %v", object, sum, err)
	}
	for text, want := range map[string]error{
		"": errNoSum, `"}`: errNoSum, `{"a":1}`: errNoSum, `{"a":2,"crc32c":"149cdbb2"}`: errWrongSum, `{"a":1,"crc32c":"149CDBB2"}`: errWrongSum,
	} {
		if _, _, err := lineSeal.take([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", text, err, want)
		}
	}
}
