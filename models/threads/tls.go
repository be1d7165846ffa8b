package threads

import (
	"crypto/tls"
	"fmt"
	"net"
	"time"

	"concbench/models"
)

// A TLSConn is TLS on a blocking connection. As in CPython's ssl, the interpreter
// lock is let go once around each whole call, encryption included, and not around
// every system call in it. It belongs to a thread as the connection under it does.
type TLSConn struct {
	tls  *tls.Conn
	conn *conn
}

// TLSClient is the client's side of TLS on c, which comes from Dial, Accept or
// SocketPair of this package. The handshake is part of the first call, or
// Handshake's. config needs a ServerName, or InsecureSkipVerify.
func TLSClient(c models.Conn, config *tls.Config) (*TLSConn, error) {
	return newTLSConn(c, config, tls.Client)
}

// TLSServer is the server's side. config needs a certificate.
func TLSServer(c models.Conn, config *tls.Config) (*TLSConn, error) {
	return newTLSConn(c, config, tls.Server)
}

func newTLSConn(c models.Conn, config *tls.Config, side func(net.Conn, *tls.Config) *tls.Conn) (*TLSConn, error) {
	own, ok := c.(*conn)
	if !ok || config == nil {
		return nil, fmt.Errorf("threads: TLS on a %T with config %p: want a connection of this package's and a config", c, config)
	}
	return &TLSConn{tls: side(bareConn{own}, config), conn: own}, nil
}

// A bareConn is a conn for use while the interpreter lock is let go.
type bareConn struct{ *conn }

func (c bareConn) Read(p []byte) (int, error)  { return c.receive(p) }
func (c bareConn) Write(p []byte) (int, error) { return c.send(p) }

// call makes a call without the interpreter lock.
func (c *TLSConn) call(f func() (int, error)) (int, error) {
	t := c.conn.owner
	t.release()
	n, err := f()
	t.retake()
	return n, err
}

// Handshake agrees with the other side on the keys, unless that is done.
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

// CloseWrite tells the other side that nothing more will come. Close does not, as
// in CPython.
func (c *TLSConn) CloseWrite() error {
	_, err := c.call(func() (int, error) { return 0, c.tls.CloseWrite() })
	return err
}

// Close closes the connection under it. It may be called from any thread.
func (c *TLSConn) Close() error { return c.conn.Close() }

// MoveTo gives the connection to another thread, as [models.Conn] tells.
func (c *TLSConn) MoveTo(t models.Task) { c.conn.MoveTo(t) }

// State tells what was agreed on. It does not wait for the handshake.
func (c *TLSConn) State() tls.ConnectionState { return c.tls.ConnectionState() }

func (c *TLSConn) LocalAddr() net.Addr                { return c.conn.LocalAddr() }
func (c *TLSConn) RemoteAddr() net.Addr               { return c.conn.RemoteAddr() }
func (c *TLSConn) SetDeadline(t time.Time) error      { return c.conn.SetDeadline(t) }
func (c *TLSConn) SetReadDeadline(t time.Time) error  { return c.conn.SetReadDeadline(t) }
func (c *TLSConn) SetWriteDeadline(t time.Time) error { return c.conn.SetWriteDeadline(t) }
