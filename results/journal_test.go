package results

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// record is a record of trial seq of sampleRun.
func record(seq int) Record {
	planned := sampleRun().Plan[seq]
	return Record{Schema: Schema, Seq: seq, Round: planned.Round, Cell: planned.Cell, Scale: planned.Scale, Seed: planned.Seed,
		Status: OK, Values: map[string]float64{"sec/switch": float64(seq) + 0.5}}
}

// newRun makes a run with these records in a new folder.
func newRun(t testing.TB, records ...Record) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "run")
	if err := Create(dir, sampleRun()); err != nil {
		t.Fatal(err)
	}
	j, _, err := OpenJournal(dir)
	if err != nil {
		t.Fatal(err)
	}
	appendAll(t, j, records...)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func openJournal(t testing.TB, dir string) (*Journal, *Saved) {
	t.Helper()
	j, saved, err := OpenJournal(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j, saved
}

func appendAll(t testing.TB, j *Journal, records ...Record) {
	t.Helper()
	for _, r := range records {
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
	}
}

func readFile(t testing.TB, names ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(names...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeJournal(t testing.TB, dir string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, JournalName), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustOpen(t testing.TB, dir string) *Saved {
	t.Helper()
	saved, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func TestJournalKeepsRecords(t *testing.T) {
	dir := newRun(t)
	j, saved := openJournal(t, dir)
	if len(saved.Records) != 0 {
		t.Fatalf("a new journal has %d records", len(saved.Records))
	}
	want := []Record{record(0), record(1)}
	appendAll(t, j, want...)
	// Everything is on disk before Close.
	saved = mustOpen(t, dir)
	if diff := cmp.Diff(want, saved.Records); diff != "" || saved.Cut != nil || saved.Lost() != nil {
		t.Error(diff, saved.Cut, saved.Lost())
	}
}

// TestJournalCutAnywhere cuts a journal at every byte: the whole lines stay,
// and appending goes on after them.
func TestJournalCutAnywhere(t *testing.T) {
	dir := newRun(t, record(0), record(1), record(2))
	path := filepath.Join(dir, JournalName)
	data := readFile(t, path)
	for at := range len(data) + 1 {
		writeJournal(t, dir, data[:at])
		whole := bytes.Count(data[:at], []byte("\n"))
		saved := mustOpen(t, dir)
		half := at > 0 && data[at-1] != '\n'
		if (saved.Cut != nil) != half || saved.Damage != nil {
			t.Fatalf("cut at %d: %v, %v", at, saved.Cut, saved.Damage)
		}
		if half && (saved.Cut.Line != whole+1 || !strings.Contains(saved.Cut.String(), path)) {
			t.Errorf("cut at %d: the warning is %v", at, saved.Cut)
		}
		j, saved, err := OpenJournal(dir)
		if err != nil || len(saved.Records) != whole {
			t.Fatalf("cut at %d: %d records, %v; want %d", at, len(saved.Records), err, whole)
		}
		appendAll(t, j, record(3))
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		saved = mustOpen(t, dir)
		if len(saved.Records) != whole+1 || saved.Records[whole].Seq != 3 || saved.Cut != nil || saved.Damage != nil {
			t.Fatalf("cut at %d: after appending: %+v", at, saved)
		}
	}
}

func TestLaterRecordReplacesEarlier(t *testing.T) {
	refused := record(0)
	refused.Status, refused.Error = Refused, "the ledgers differ"
	saved := mustOpen(t, newRun(t, record(0), record(1), refused))
	if diff := cmp.Diff([]Record{refused, record(1)}, saved.Records); diff != "" {
		t.Error(diff)
	}
}

// TestEmptyLines: an editor adds them at the end, and a run that is resumed then
// has them in the middle.
func TestEmptyLines(t *testing.T) {
	dir := newRun(t, record(0))
	for _, blank := range []string{"\n", "\n\n", " \t\r\n", "\n  "} {
		writeJournal(t, dir, append(readFile(t, dir, JournalName), blank...))
		if saved := mustOpen(t, dir); saved.Cut != nil || saved.Damage != nil {
			t.Errorf("%q at the end: %v, %v", blank, saved.Cut, saved.Damage)
		}
	}
	j, _ := openJournal(t, dir)
	appendAll(t, j, record(1))
	if saved := mustOpen(t, dir); len(saved.Records) != 2 || saved.Damage != nil {
		t.Errorf("in the middle: %+v", saved)
	}
}

// line is a line of the journal of the run in dir, sealed anew after a change.
func line(t testing.TB, dir string, change func(*Record)) []byte {
	t.Helper()
	saved, text, err := openRun(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := record(0)
	change(&r)
	sealed, err := (&Journal{sum: saved.sum, runText: text}).line(r)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// TestForeignJournals have whole lines that this run cannot have.
func TestForeignJournals(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Record)
		want   string
	}{
		"schema":       {func(r *Record) { r.Schema = 99 }, "1: a record of schema 99"},
		"status":       {func(r *Record) { r.Status = "fine" }, `1: a record with the unknown status "fine"`},
		"negative":     {func(r *Record) { r.Seq = -1 }, "1: the journal has trial -1, but the plan has 4"},
		"longer":       {func(r *Record) { r.Seq = 4 }, "1: the journal has trial 4, but the plan has 4"},
		"another cell": {func(r *Record) { r.Cell.Options = "gil=off" }, "they are of different runs"},
		"round":        {func(r *Record) { r.Round = 7 }, "they are of different runs"},
		"scale":        {func(r *Record) { r.Scale = 7 }, "they are of different runs"},
		"seed":         {func(r *Record) { r.Seed = 7 }, "they are of different runs"},
	} {
		dir := newRun(t)
		writeJournal(t, dir, line(t, dir, c.change))
		_, err := Open(dir)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), JournalName) {
			t.Errorf("%s: error %v; want %q", name, err, c.want)
		}
	}
	dir, other := newRun(t), sampleRun()
	other.Seed++
	elsewhere := filepath.Join(t.TempDir(), "other")
	if err := Create(elsewhere, other); err != nil {
		t.Fatal(err)
	}
	writeJournal(t, dir, line(t, elsewhere, func(*Record) {}))
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "they are of different runs") {
		t.Errorf("the journal of another run with the same plan: %v", err)
	}
}

func TestOneWriterAtATime(t *testing.T) {
	dir := newRun(t)
	openJournal(t, dir)
	if _, _, err := OpenJournal(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("a second writer: %v", err)
	}
}

// TestLockIsOfTheName puts another file in the journal's place between opening and
// locking it, as a process does that mends it.
func TestLockIsOfTheName(t *testing.T) {
	dir := newRun(t)
	path := filepath.Join(dir, JournalName)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := writeFile(path, nil); err != nil {
		t.Fatal(err)
	}
	if err := (&Journal{dir: dir, file: f}).lock(path); !errors.Is(err, ErrBusy) {
		t.Errorf("the lock of a file that has lost its name: %v", err)
	}
}

// A record that no reader would take must not be written.
func TestAppendKeepsToTheLimits(t *testing.T) {
	dir := newRun(t)
	j, _ := openJournal(t, dir)
	long := record(0)
	long.Error = strings.Repeat("x", MaxLine)
	if err := j.Append(long); err == nil || !strings.Contains(err.Error(), "bytes") {
		t.Errorf("a line that is too long: %v", err)
	}
	appendAll(t, j, record(0))
	if saved := mustOpen(t, dir); len(saved.Records) != 1 || saved.Damage != nil {
		t.Errorf("afterwards: %+v", saved)
	}
}

func FuzzReadJournal(f *testing.F) {
	dir := newRun(f, record(0), record(1))
	good := readFile(f, dir, JournalName)
	f.Add(good)
	f.Add(append(good, good[:40]...))
	f.Add([]byte("\n \n{}\n"))
	f.Add(lineSeal.put([]byte(`{"schema":2,"seq":0,"values":{"a":1e999}}`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		saved, _, err := openRun(dir)
		if err != nil {
			t.Fatal(err)
		}
		if saved.read(data, "j") != nil {
			return
		}
		whole := saved.whole(data)
		if len(whole) > 0 && whole[len(whole)-1] != '\n' {
			t.Fatalf("the part that counts ends in the middle of a line: %q", whole)
		}
		again := &Saved{Run: saved.Run, sum: saved.sum}
		if err := again.read(whole, "j"); err != nil || again.Cut != nil || again.Damage != nil {
			t.Fatalf("the whole lines are read anew: %v, %+v", err, again)
		}
		if diff := cmp.Diff(saved.Records, again.Records); diff != "" {
			t.Fatal("what was read changes when it is read again: ", diff)
		}
	})
}
