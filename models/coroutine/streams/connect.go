package streams

import (
	"crypto/tls"
	"net"

	"concbench/models/coroutine"
)

// OpenConnection connects to address on "tcp" or "unix", as
// [coroutine.Task.Dial] does.
func OpenConnection(t *coroutine.Task, network, address string, opts ...Option) (*StreamReader, *StreamWriter, error) {
	o, err := settings("OpenConnection", opts)
	if err != nil {
		return nil, nil, err
	}
	if err := runs(t, "OpenConnection"); err != nil {
		return nil, nil, err
	}
	c, err := t.Dial(network, address)
	if err != nil {
		return nil, nil, err
	}
	r, w := newConnection(c, nil, o.limit)
	if o.tls != nil {
		if err := w.c.handshake(clientConfig(o.tls, address), o.handshakeTimeout); err != nil {
			return nil, nil, err
		}
	}
	return r, w, nil
}

// NewConnection makes a reader and a writer of a connection, which is theirs
// from now on.
func NewConnection(c *coroutine.Conn, opts ...Option) (*StreamReader, *StreamWriter, error) {
	o, err := settings("NewConnection", opts)
	if err != nil {
		return nil, nil, err
	}
	if c == nil {
		return nil, nil, misuse("NewConnection", ErrNoConnection)
	}
	r, w := newConnection(c, nil, o.limit)
	return r, w, nil
}

func clientConfig(config *tls.Config, address string) *tls.Config {
	host, _, err := net.SplitHostPort(address)
	if config.ServerName != "" || err != nil {
		return config
	}
	config = config.Clone()
	config.ServerName = host
	return config
}
