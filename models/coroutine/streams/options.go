package streams

import (
	"crypto/tls"
	"time"
)

// An Option is a setting of a connection, a server or a reader.
type Option func(*options)

type options struct {
	limit            int
	tls              *tls.Config
	handshakeTimeout time.Duration
	idle             bool
	err              error // of an option
}

// Limit sets how far, in bytes, a separator may be away: [DefaultLimit] if it is
// not given.
func Limit(n int) Option { return func(o *options) { o.limit = n } }

// TLS has connections speak TLS. A client's ServerName is the host it dials
// unless the configuration has another.
func TLS(config *tls.Config) Option {
	return func(o *options) {
		o.tls = config
		if config == nil {
			o.err = ErrNoTLS // and not a connection without
		}
	}
}

// HandshakeTimeout sets how long a TLS handshake may take: a minute, as in
// asyncio, if it is not given.
func HandshakeTimeout(d time.Duration) Option { return func(o *options) { o.handshakeTimeout = d } }

// NotServing has [StartServer] leave it to [Server.StartServing] to accept
// connections.
func NotServing() Option { return func(o *options) { o.idle = true } }

func settings(op string, opts []Option) (options, error) {
	o := options{limit: DefaultLimit, handshakeTimeout: time.Minute}
	for _, set := range opts {
		set(&o)
	}
	if o.err != nil {
		return o, misuse(op, o.err)
	}
	if o.limit <= 0 {
		return o, misuse(op, ErrLimit)
	}
	return o, nil
}
