package streams

import (
	"crypto/tls"
	"net"

	"concbench/models/coroutine"
)

// A StreamWriter is the outgoing half of a connection. It is an [io.Writer]
// that never waits: call Drain after much.
type StreamWriter struct{ c *connection }

// Write sends p, now or when the kernel has room. An error is the connection's
// end, perhaps because of an earlier write.
func (w *StreamWriter) Write(p []byte) (int, error) {
	c := w.c
	switch {
	case c.wroteEOF:
		return 0, misuse("Write", ErrWroteEOF)
	case c.closing:
		return 0, w.closedError("write")
	}
	var err error
	if c.tls != nil {
		_, err = c.tls.Write(p)
	} else {
		err = c.send(p)
	}
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w *StreamWriter) closedError(op string) error {
	err := w.c.err
	if err == nil {
		err = net.ErrClosed
	}
	return &net.OpError{Op: op, Net: w.RemoteAddr().Network(), Source: w.LocalAddr(), Addr: w.RemoteAddr(), Err: err}
}

// WriteLines writes one after another.
func (w *StreamWriter) WriteLines(lines ...[]byte) error {
	for _, p := range lines {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// Drain waits as long as too much is unsent: from above 64 KiB on until it is
// 16 KiB or less. It returns the error that the reader has met, and
// [ErrConnectionLost] after the connection's end.
func (w *StreamWriter) Drain(t *coroutine.Task) error {
	c := w.c
	if err := runs(t, "Drain"); err != nil {
		return err
	}
	if c.reader.exception != nil {
		return c.reader.exception
	}
	if c.closing {
		// The end is perhaps queued: who writes and drains in a loop must see it.
		if err := t.Yield(); err != nil {
			return err
		}
	}
	if !c.lost && c.paused {
		if err := c.resumed.Wait(t); err != nil {
			return err
		}
	}
	switch {
	case c.err != nil:
		return c.err
	case c.lost:
		return ErrConnectionLost
	}
	return nil
}

// SetWriteBufferLimits sets from how many unsent bytes on Drain waits, and until
// how many are left.
func (w *StreamWriter) SetWriteBufferLimits(high, low int) error {
	if low < 0 || high < low {
		return misuse("SetWriteBufferLimits", ErrWaterMarks)
	}
	w.c.high, w.c.low = high, low
	w.c.weigh()
	return nil
}

// WriteEOF tells the other side, after everything that was written, that nothing
// more will come. Reading goes on.
func (w *StreamWriter) WriteEOF() error { return w.c.writeEOF() }

// Close ends the connection once everything is sent.
func (w *StreamWriter) Close() { w.c.close() }

// Abort ends the connection and drops what is unsent.
func (w *StreamWriter) Abort() { w.c.lose(nil) }

// IsClosing reports whether the connection has ended or is about to.
func (w *StreamWriter) IsClosing() bool { return w.c.closing }

// WaitClosed waits for the connection's end, and returns its error if it did not
// end by being closed.
func (w *StreamWriter) WaitClosed(t *coroutine.Task) error {
	if t == nil {
		return misuse("WaitClosed", coroutine.ErrNotCurrent)
	}
	if err := w.c.closed.Wait(t); err != nil {
		return err
	}
	return w.c.err
}

// LocalAddr is asyncio's extra info "sockname".
func (w *StreamWriter) LocalAddr() net.Addr { return w.c.conn.LocalAddr() }

// RemoteAddr is asyncio's extra info "peername".
func (w *StreamWriter) RemoteAddr() net.Addr { return w.c.conn.RemoteAddr() }

// Conn is asyncio's extra info "socket". To read from it or to write to it is to
// take data away from the reader, or to overtake the writer; to close it ends the
// connection and drops what is unsent.
func (w *StreamWriter) Conn() *coroutine.Conn { return w.c.conn }

// TLSState is asyncio's extra info "ssl_object". It reports false if the
// connection has no TLS.
func (w *StreamWriter) TLSState() (tls.ConnectionState, bool) {
	if w.c.tls == nil {
		return tls.ConnectionState{}, false
	}
	return w.c.tls.ConnectionState(), true
}
