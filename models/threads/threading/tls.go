package threading

import (
	"crypto/tls"
	"fmt"
	"net"
	"time"

	"concbench/models/threads/internal/socket"
)

// A TLSConn is TLS on a blocking connection. As in CPython's ssl, the interpreter lock is
// let go once around each whole call, encryption included, and not around every system
// call in it. A TLSConn belongs to a thread as the connection under it does.
type TLSConn struct {
	tls  *tls.Conn
	conn *Conn
}

// TLSClient is the client's side of TLS on c. The handshake is part of the first call, or
// of Handshake. config needs a ServerName, or InsecureSkipVerify.
func TLSClient(c *Conn, config *tls.Config) (*TLSConn, error) {
	return newTLSConn(c, config, tls.Client)
}

// TLSServer is the server's side. config needs a certificate.
func TLSServer(c *Conn, config *tls.Config) (*TLSConn, error) {
	return newTLSConn(c, config, tls.Server)
}

func newTLSConn(c *Conn, config *tls.Config, side func(net.Conn, *tls.Config) *tls.Conn) (*TLSConn, error) {
	if c == nil || config == nil {
		return nil, fmt.Errorf("threads: TLS on connection %p with config %p: want one of Dial, Accept or SocketPair, and a config", c, config)
	}
	return &TLSConn{tls: side(socket.Released(c.conn), config), conn: c}, nil
}

// call makes a call without the interpreter lock.
func (c *TLSConn) call(f func() (int, error)) (int, error) {
	t := socket.Owner(c.conn.conn)
	t.Release()
	n, err := f()
	t.Retake()
	return n, err
}

// Handshake agrees with the other side on the keys, if that is not done yet.
func (c *TLSConn) Handshake() error {
	_, err := c.call(func() (int, error) { return 0, c.tls.Handshake() })
	return err
}

// Read returns io.EOF when the other side has closed.
func (c *TLSConn) Read(p []byte) (int, error) {
	return c.call(func() (int, error) { return c.tls.Read(p) })
}

// Write sends all of p unless it returns an error.
func (c *TLSConn) Write(p []byte) (int, error) {
	return c.call(func() (int, error) { return c.tls.Write(p) })
}

// CloseWrite tells the other side that nothing more will come. Close does not tell it, as
// in CPython.
func (c *TLSConn) CloseWrite() error {
	_, err := c.call(func() (int, error) { return 0, c.tls.CloseWrite() })
	return err
}

// Close closes the connection under it. It may be called from any thread.
func (c *TLSConn) Close() error { return c.conn.Close() }

// MoveTo gives the connection to another thread: see [Conn.MoveTo].
func (c *TLSConn) MoveTo(t *Thread) error { return c.conn.MoveTo(t) }

// State tells what the two sides have agreed on. It does not wait for the handshake.
func (c *TLSConn) State() tls.ConnectionState { return c.tls.ConnectionState() }

// LocalAddr is the address of this side.
func (c *TLSConn) LocalAddr() net.Addr { return c.conn.LocalAddr() }

// RemoteAddr is the address of the other side.
func (c *TLSConn) RemoteAddr() net.Addr { return c.conn.RemoteAddr() }

// SetDeadline sets the deadline of the calls that begin from now on.
func (c *TLSConn) SetDeadline(t time.Time) error { return c.conn.SetDeadline(t) }

// SetReadDeadline is SetDeadline for reads.
func (c *TLSConn) SetReadDeadline(t time.Time) error { return c.conn.SetReadDeadline(t) }

// SetWriteDeadline is SetDeadline for writes.
func (c *TLSConn) SetWriteDeadline(t time.Time) error { return c.conn.SetWriteDeadline(t) }
