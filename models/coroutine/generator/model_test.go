package generator

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// A script is what a body does: yield its numbers, and reply to errors thrown.
type script struct {
	Yields  int
	Catches []bool // whether the body survives an error at this yield
	Fails   bool   // whether it ends with an error
}

func (s script) generator() *Generator[int, int, int] {
	return New(func(y *Yielder[int, int]) (int, error) {
		sum := 0
		for i := range s.Yields {
			got, err := y.Yield(100*i + sum)
			if err != nil && !s.Catches[i] {
				return 0, err
			}
			sum += got
		}
		if s.Fails {
			return 0, errTest
		}
		return sum, nil
	})
}

// A model is what Python's generator would do with the script, without coroutines.
type model struct {
	script
	state State
	at    int // the yield it waits at
	sum   int
}

var errThrown = errors.New("thrown")

func (m *model) do(op string, sent int) string {
	if op == "close" {
		return m.close()
	}
	switch {
	case m.state == Closed && op == "throw":
		return errThrown.Error()
	case m.state == Closed:
		return "end 0"
	case m.state == Created && op == "send":
		return ErrJustStarted.Error()
	case m.state == Created && op == "throw":
		m.state = Closed
		return errThrown.Error()
	case m.state == Created:
		m.state, m.at = Suspended, -1
	case op == "throw" && !m.Catches[m.at]:
		m.state = Closed
		return errThrown.Error()
	case op == "send":
		m.sum += sent
	}
	return m.advance()
}

func (m *model) advance() string {
	m.at++
	if m.at < m.Yields {
		return fmt.Sprint("value ", 100*m.at+m.sum)
	}
	m.state = Closed
	if m.Fails {
		return errTest.Error()
	}
	return fmt.Sprint("end ", m.sum)
}

func (m *model) close() string {
	if m.state != Suspended || !m.Catches[m.at] {
		m.state = Closed
		return "closed"
	}
	m.advance()
	if m.state == Suspended {
		return ErrIgnoredGeneratorExit.Error()
	}
	if m.Fails {
		return errTest.Error()
	}
	return "closed"
}

func do(g *Generator[int, int, int], op string, sent int) string {
	switch op {
	case "next":
		return tell(g.Next())
	case "send":
		return tell(g.Send(sent))
	case "throw":
		return tell(g.Throw(errThrown))
	}
	if err := g.Close(); err != nil {
		return err.Error()
	}
	return "closed"
}

func tell(v int, err error) string {
	var stop *StopIteration[int]
	switch {
	case errors.As(err, &stop):
		return fmt.Sprint("end ", stop.Value)
	case err != nil:
		return err.Error()
	}
	return fmt.Sprint("value ", v)
}

// Random bodies under random calls do what the model says, and an error thrown, a
// value sent or a close makes no difference to one that is delegated to, but for
// a close that the innermost ignores: that arrives in the bodies around it.
func TestAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := script{
			Yields:  rapid.IntRange(0, 4).Draw(t, "yields"),
			Catches: rapid.SliceOfN(rapid.Bool(), 4, 4).Draw(t, "catches"),
			Fails:   rapid.Bool().Draw(t, "fails"),
		}
		var unwound int
		innermost := s.generator()
		depth := rapid.IntRange(0, 3).Draw(t, "depth")
		g := delegating(innermost, depth, &unwound)
		m := &model{script: s}
		defer func() {
			for range s.Yields + 1 { // each close may be ignored
				g.Close()
				innermost.Close()
			}
		}()
		for range rapid.IntRange(1, 10).Draw(t, "calls") {
			op := rapid.SampledFrom([]string{"next", "next", "send", "send", "throw", "close"}).Draw(t, "op")
			sent := rapid.IntRange(1, 9).Draw(t, "sent")
			want := m.do(op, sent)
			if got := do(g, op, sent); got != want {
				t.Fatalf("%s: %s, want %s", op, got, want)
			}
			if op == "close" && m.state == Suspended && depth > 0 {
				m.state = Closed
			}
			if g.State() != m.state {
				t.Fatalf("after %s: %v, want %v", op, g.State(), m.state)
			}
		}
	})
}
