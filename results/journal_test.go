package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func record(seq int) Record {
	return Record{Schema: Schema, Seq: seq, Status: OK, Cell: Cell{Workload: "W", Model: "serial"},
		Values: map[string]float64{"sec/op": float64(seq) + 0.5}}
}

func lines(t *testing.T, records ...Record) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, r := range records {
		if err := json.NewEncoder(&b).Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func openJournal(t *testing.T, dir string) (*Journal, []Record) {
	t.Helper()
	j, records, err := OpenJournal(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j, records
}

func appendAll(t *testing.T, j *Journal, records ...Record) {
	t.Helper()
	for _, r := range records {
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
	}
}

func TestJournalKeepsRecords(t *testing.T) {
	dir := t.TempDir()
	j, records := openJournal(t, dir)
	if len(records) != 0 {
		t.Fatalf("a new journal has %d records", len(records))
	}
	want := []Record{record(0), record(1)}
	appendAll(t, j, want...)
	// Everything is on disk before Close.
	data, err := os.ReadFile(filepath.Join(dir, JournalName))
	if err != nil {
		t.Fatal(err)
	}
	got, cut, err := ReadJournal(bytes.NewReader(data), "j")
	if err != nil || cut != nil {
		t.Fatal(cut, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestJournalCutAnywhere cuts a journal at every byte: the whole lines stay,
// and appending goes on after them.
func TestJournalCutAnywhere(t *testing.T) {
	data := lines(t, record(0), record(1), record(2))
	for at := range len(data) + 1 {
		dir := t.TempDir()
		path := filepath.Join(dir, JournalName)
		if err := os.WriteFile(path, data[:at], 0o644); err != nil {
			t.Fatal(err)
		}
		whole := bytes.Count(data[:at], []byte("\n"))
		_, cut, err := ReadJournal(bytes.NewReader(data[:at]), path)
		half := at > 0 && data[at-1] != '\n'
		if err != nil || (cut != nil) != half {
			t.Fatalf("cut at %d: %v, %v", at, cut, err)
		}
		if half && (cut.Line != whole+1 || !strings.Contains(cut.String(), path)) {
			t.Errorf("cut at %d: the warning is %v", at, cut)
		}
		j, records, err := OpenJournal(dir)
		if err != nil || len(records) != whole {
			t.Fatalf("cut at %d: %d records, %v; want %d", at, len(records), err, whole)
		}
		appendAll(t, j, record(7))
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		_, records = openJournal(t, dir)
		if len(records) != whole+1 || records[whole].Seq != 7 {
			t.Fatalf("cut at %d: %d records after appending", at, len(records))
		}
	}
}

func TestLaterRecordReplacesEarlier(t *testing.T) {
	refused := record(0)
	refused.Status, refused.Error = Refused, "the ledgers differ"
	got, _, err := ReadJournal(bytes.NewReader(lines(t, record(0), record(1), refused)), "j")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Record{refused, record(1)}, got); diff != "" {
		t.Error(diff)
	}
}

func TestBrokenJournals(t *testing.T) {
	good := string(lines(t, record(0)))
	for name, c := range map[string]struct{ text, want string }{
		"not JSON":      {good + "hello\n" + good, "j:2: not a record"},
		"an empty line": {good + "\n", "j:2: not a record: it is empty"},
		"two in a line": {strings.TrimSpace(good) + good, "j:1: not a record: something follows"},
		"unknown field": {`{"schema":1,"seq":0,"status":"ok","weight":3}` + "\n", "j:1: not a record"},
		"schema":        {strings.Replace(good, `"schema":1`, `"schema":99`, 1), "j:1: a record of schema 99"},
		"status":        {strings.Replace(good, `"ok"`, `"fine"`, 1), `j:1: a record with the unknown status "fine"`},
		"negative":      {strings.Replace(good, `"seq":0`, `"seq":-1`, 1), "j:1: a record with seq -1"},
	} {
		_, _, err := ReadJournal(strings.NewReader(c.text), "j")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error %v; want %q", name, err, c.want)
		}
	}
}

func TestOneWriterAtATime(t *testing.T) {
	dir := t.TempDir()
	openJournal(t, dir)
	if _, _, err := OpenJournal(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("a second writer: %v", err)
	}
}

func FuzzReadJournal(f *testing.F) {
	f.Add([]byte(`{"schema":1,"seq":3,"status":"ok"}` + "\n" + `{"schema":1,`))
	f.Add([]byte("\n"))
	f.Add([]byte(`{"schema":1,"seq":0,"status":"refused","values":{"a":1e999}}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, cut, err := ReadJournal(bytes.NewReader(data), "j")
		if err != nil {
			return
		}
		whole := data
		if cut != nil {
			whole = data[:cut.Offset]
		}
		if len(whole) > 0 && whole[len(whole)-1] != '\n' {
			t.Fatalf("the part that counts ends in the middle of a line: %q", whole)
		}
		again, cut, err := ReadJournal(bytes.NewReader(lines(t, records...)), "j")
		if err != nil || cut != nil {
			t.Fatalf("what was read cannot be written and read again: %v, %v", cut, err)
		}
		if !bytes.Equal(lines(t, records...), lines(t, again...)) {
			t.Fatal("what was read changes when it is written and read again")
		}
	})
}
