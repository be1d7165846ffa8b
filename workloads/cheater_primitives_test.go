package workloads

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"concbench/internal/pages"
	"concbench/models"
)

func (t cheatingTask) NewSemaphore(permits int) models.Semaphore {
	return cheatingSemaphore{t.Task.NewSemaphore(permits), &t.cheat}
}

type cheatingSemaphore struct {
	models.Semaphore
	cheat *cheat
}

func (s cheatingSemaphore) Acquire(t models.Task) error {
	if s.cheat.freePermits {
		return nil
	}
	return s.Semaphore.Acquire(honest(t))
}

func (s cheatingSemaphore) Release(t models.Task) { s.Semaphore.Release(honest(t)) }

func (t cheatingTask) NewEvent() models.Event { return cheatingEvent{t.Task.NewEvent(), &t.cheat} }

type cheatingEvent struct {
	models.Event
	cheat *cheat
}

func (e cheatingEvent) Set(t models.Task) { e.Event.Set(honest(t)) }

func (e cheatingEvent) Wait(t models.Task) error {
	if e.cheat.openEvents && !t.(cheatingTask).main {
		return nil
	}
	return e.Event.Wait(honest(t))
}

func (t cheatingTask) NewBarrier(parties int) models.Barrier {
	return &cheatingBarrier{Barrier: t.Task.NewBarrier(parties), cheat: &t.cheat, others: int64(parties) - 1}
}

type cheatingBarrier struct {
	models.Barrier
	cheat  *cheat
	others int64
	passed atomic.Int64
}

// Wait with open doors holds up only the first task, until the others have gone
// through twice.
func (b *cheatingBarrier) Wait(t models.Task) (int, error) {
	if !b.cheat.openDoors {
		return b.Barrier.Wait(honest(t))
	}
	if !t.(cheatingTask).main {
		b.passed.Add(1)
		return 0, nil
	}
	for b.passed.Load() < 2*b.others {
		t.Sleep(time.Millisecond)
	}
	return 0, nil
}

func (t cheatingTask) Dial(network, address string) (models.Conn, error) {
	c, err := t.Task.Dial(network, address)
	switch {
	case err != nil:
	case t.cheat.spoilBytes:
		return spoiledConn{c}, nil
	case t.cheat.cachedPages:
		return &cachedConn{Conn: c}, nil
	}
	return c, err
}

type spoiledConn struct{ models.Conn }

func (c spoiledConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 1000 {
		b[n-1]++
	}
	return n, err
}

// A cachedConn answers without its server, which gets nothing to do.
type cachedConn struct {
	models.Conn
	answer bytes.Buffer
}

func (c *cachedConn) Write(b []byte) (int, error) {
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(b)))
	if err != nil {
		return 0, err
	}
	set, err := pages.ParseSet(request.URL.Query())
	if err != nil {
		return 0, err
	}
	var i int
	if _, err := fmt.Sscanf(request.URL.Path, "/page/%d", &i); err != nil {
		return 0, err
	}
	body := set.Body(i)
	fmt.Fprintf(&c.answer, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	return len(b), nil
}

func (c *cachedConn) Read(b []byte) (int, error) { return c.answer.Read(b) }
