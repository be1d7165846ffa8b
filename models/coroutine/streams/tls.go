package streams

import (
	"crypto/tls"
	"errors"
	"net"
	"time"

	"concbench/models"
	"concbench/models/coroutine"
)

// A wire is the connection as crypto/tls sees it. Its writes never wait. That
// matters: crypto/tls holds a mutex meanwhile which a reading task may need, and
// a mutex would stop the loop.
type wire struct{ c *connection }

var _ net.Conn = wire{}

func (w wire) Read(p []byte) (int, error) {
	n, err := w.c.conn.Read(p)
	if errors.Is(err, models.ErrCancelled) {
		err = interruption{err}
	}
	return n, err
}

// An interruption is an error after which crypto/tls lets one read on.
type interruption struct{ error }

func (i interruption) Unwrap() error   { return i.error }
func (i interruption) Timeout() bool   { return true }
func (i interruption) Temporary() bool { return true }

func (w wire) Write(p []byte) (int, error) {
	if err := w.c.send(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w wire) Close() error                       { return nil }
func (w wire) LocalAddr() net.Addr                { return w.c.conn.LocalAddr() }
func (w wire) RemoteAddr() net.Addr               { return w.c.conn.RemoteAddr() }
func (w wire) SetDeadline(at time.Time) error     { return w.c.conn.SetReadDeadline(at) }
func (w wire) SetReadDeadline(at time.Time) error { return w.c.conn.SetReadDeadline(at) }
func (w wire) SetWriteDeadline(time.Time) error   { return nil }

// StartTLS has a connection go on over TLS, as the side that it is. What was
// written is sent before. If the handshake fails, or takes longer than the
// option [HandshakeTimeout] allows, the connection is aborted.
func (w *StreamWriter) StartTLS(t *coroutine.Task, config *tls.Config, opts ...Option) error {
	o, err := settings("StartTLS", append([]Option{TLS(config)}, opts...))
	if err != nil {
		return err
	}
	if err := runs(t, "StartTLS"); err != nil {
		return err
	}
	if w.c.tls != nil {
		return misuse("StartTLS", ErrOverTLS)
	}
	if len(w.c.reader.data()) > 0 {
		return misuse("StartTLS", ErrUnread)
	}
	if w.c.reader.waiting {
		return misuse("StartTLS", ErrReading)
	}
	if err := w.Drain(t); err != nil {
		return err
	}
	return w.c.handshake(config, o.handshakeTimeout)
}

// handshake makes the running task wait for it.
func (c *connection) handshake(config *tls.Config, timeout time.Duration) error {
	over := tls.Client(wire{c}, config)
	if c.server != nil {
		over = tls.Server(wire{c}, config)
	}
	c.reader.waiting = true // nobody else is to read meanwhile
	c.conn.SetReadDeadline(time.Now().Add(timeout))
	err := over.Handshake()
	c.conn.SetReadDeadline(time.Time{})
	c.reader.waiting = false
	if err == nil {
		c.tls = over
		return nil
	}
	c.lose(nil)
	if errors.Is(err, models.ErrCancelled) {
		return models.ErrCancelled
	}
	return &net.OpError{Op: "handshake", Net: c.conn.RemoteAddr().Network(), Source: c.conn.LocalAddr(), Addr: c.conn.RemoteAddr(), Err: err}
}
