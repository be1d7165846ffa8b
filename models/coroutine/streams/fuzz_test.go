package streams

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"concbench/models/coroutine"
)

// FuzzStreamReader feeds data in chunks and reads it in all ways, as the plan
// says, and compares with reads of a byte slice.
func FuzzStreamReader(f *testing.F) {
	f.Add([]byte("one\ntwo\nthree"), []byte{3, 1, 250, 7, 9}, []byte{0, 1, 2, 3, 4, 5}, byte(20))
	f.Add([]byte("a long line that is over the limit\nand one"), []byte{1}, []byte{0, 0, 10, 3}, byte(4))
	f.Add([]byte("ab\r\n\r\ncd\r\n"), []byte{2, 3}, []byte{16, 16, 16}, byte(3))
	f.Fuzz(func(t *testing.T, data, chunks, plan []byte, limit byte) {
		l, err := coroutine.NewLoop()
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, err = coroutine.RunUntilComplete(l, coroutine.NewCoroutine(func(task *coroutine.Task) (coroutine.None, error) {
			r, err := NewStreamReader(Limit(int(limit) + 1))
			if err != nil {
				return coroutine.None{}, err
			}
			start(task, func(task *coroutine.Task) error { return feed(task, r, data, chunks) })
			m := &readerModel{rest: data, limit: int(limit) + 1}
			for _, step := range plan {
				m.step(t, task, r, step)
			}
			all, err := r.ReadAll(task)
			if !bytes.Equal(all, m.rest) {
				t.Errorf("the rest is %q, want %q", all, m.rest)
			}
			return coroutine.None{}, err
		}))
		if err != nil {
			t.Fatal(err)
		}
	})
}

// feed gives the reader data, a chunk in a round; a chunk of 0 is a round
// without one.
func feed(task *coroutine.Task, r *StreamReader, data, chunks []byte) error {
	defer r.FeedEOF()
	for _, n := range chunks {
		n := min(int(n), len(data))
		if n > 0 {
			r.FeedData(data[:n])
			data = data[n:]
		}
		if err := task.Yield(); err != nil {
			return err
		}
	}
	return r.FeedData(data)
}

// A readerModel is what is not read yet, all of which will come.
type readerModel struct {
	rest  []byte
	limit int
}

func (m *readerModel) take(n int) []byte {
	p := m.rest[:n]
	m.rest = m.rest[n:]
	return p
}

// step makes one read and compares. What a Read and the end of an overrun return
// depends on the chunks, and only has to be what comes next.
func (m *readerModel) step(t *testing.T, task *coroutine.Task, r *StreamReader, step byte) {
	n := int(step >> 2)
	var got []byte
	var err error
	switch step & 3 {
	case 0:
		separator := [][]byte{{'\n'}, []byte("\r\n"), {'\n', '\n'}}[n%3]
		got, err = r.ReadUntil(task, separator)
		m.compareUntil(t, got, err, separator)
		return
	case 1:
		got, err = r.ReadExactly(task, n)
		if n > len(m.rest) {
			m.compareIncomplete(t, err)
			return
		}
	case 2:
		got, err = r.Read(task, n)
		if err == io.EOF && n > 0 && len(m.rest) == 0 {
			return
		}
		if len(got) > n || n > 0 && len(got) == 0 {
			t.Fatalf("Read of %d = %q", n, got)
		}
		n = len(got)
	case 3:
		p := make([]byte, n)
		n, err = r.ReadInto(task, p)
		got = p[:n]
		if err == io.EOF && len(m.rest) == 0 {
			return
		}
	}
	if want := m.take(n); !bytes.Equal(got, want) || err != nil {
		t.Fatalf("step %d = %q, %v, want %q", step, got, err, want)
	}
}

func (m *readerModel) compareUntil(t *testing.T, got []byte, err error, separator []byte) {
	i := bytes.Index(m.rest, separator)
	over, isOver := errors.AsType[*LimitOverrunError](err)
	switch {
	case isOver:
		if i >= 0 && i <= m.limit || over.Consumed <= m.limit || over.Consumed > len(m.rest) || i >= 0 && over.Consumed > i {
			t.Fatalf("ReadUntil %q = %v after %d bytes, in %q with limit %d", separator, err, over.Consumed, m.rest, m.limit)
		}
	case i < 0:
		m.compareIncomplete(t, err)
	default:
		if want := m.take(i + len(separator)); err != nil || i > m.limit || !bytes.Equal(got, want) {
			t.Fatalf("ReadUntil %q = %q, %v, want %q with limit %d", separator, got, err, want, m.limit)
		}
	}
}

func (m *readerModel) compareIncomplete(t *testing.T, err error) {
	end, ok := errors.AsType[*IncompleteReadError](err)
	if want := m.take(len(m.rest)); !ok || !bytes.Equal(end.Partial, want) {
		t.Fatalf("the error at the end is %v, want the incomplete %q", err, want)
	}
}
