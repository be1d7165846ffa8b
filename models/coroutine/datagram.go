package coroutine

import (
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// A DatagramConn sends and receives datagrams: asyncio's datagram endpoint. A
// call that cannot go on suspends the task that makes it. It may be used by any
// task of its loop, and by nobody else.
type DatagramConn struct {
	d             *descriptor
	network       string
	local, remote net.Addr // remote is nil if it is not connected
}

// OpenDatagram makes an endpoint on "udp" or "unixgram". If local is not empty
// it is bound to that, where port 0 is a free one; if remote is not empty it
// sends there by default and receives from there only. At least one is needed.
func (t *Task) OpenDatagram(network, local, remote string) (*DatagramConn, error) {
	from, to, err := t.datagramEnds(network, local, remote)
	if err != nil {
		return nil, opError("open", network, nil, nil, err)
	}
	c := &DatagramConn{network: network}
	if err := c.open(t.loop, from, to); err != nil {
		return nil, opError("open", network, c.local, c.remote, err)
	}
	return c, nil
}

// datagramEnds finds the endpoints, of one family; nil is none.
func (t *Task) datagramEnds(network, local, remote string) (from, to *endpoint, err error) {
	if local == "" && remote == "" {
		return nil, nil, &net.AddrError{Err: "neither a local nor a remote address"}
	}
	if to, err = t.datagramEnd(network, remote, "127.0.0.1", nil); err != nil {
		return nil, nil, err
	}
	from, err = t.datagramEnd(network, local, "0.0.0.0", to)
	return from, to, err
}

func (t *Task) datagramEnd(network, address, anyHost string, like *endpoint) (*endpoint, error) {
	var ends []endpoint
	var err error
	switch {
	case network != "udp" && network != "unixgram":
		return nil, net.UnknownNetworkError(network)
	case address == "":
		return nil, nil
	case network == "unixgram":
		ends = []endpoint{unixEndpoint(address)}
	default:
		ends, err = t.resolveHost(network, address, anyHost)
	}
	if err != nil {
		return nil, err
	}
	for _, e := range ends {
		if like == nil || e.domain == like.domain {
			e.addr = datagramAddr(e.addr)
			return &e, nil
		}
	}
	return nil, &net.AddrError{Err: "not of the family of the remote address", Addr: address}
}

func datagramAddr(a net.Addr) net.Addr {
	switch a := a.(type) {
	case *net.TCPAddr:
		return net.UDPAddrFromAddrPort(a.AddrPort())
	case *net.UnixAddr:
		return &net.UnixAddr{Name: a.Name, Net: "unixgram"}
	}
	return a
}

func (c *DatagramConn) open(l *Loop, from, to *endpoint) error {
	domain := 0
	if from != nil {
		domain, c.local = from.domain, from.addr
	}
	if to != nil {
		domain, c.remote = to.domain, to.addr
	}
	fd, err := newSocket(domain, unix.SOCK_DGRAM)
	if err != nil {
		return err
	}
	if from != nil {
		err = os.NewSyscallError("bind", unix.Bind(fd, from.kernel))
	}
	if err == nil && to != nil {
		err = os.NewSyscallError("connect", unix.Connect(fd, to.kernel))
	}
	if err != nil {
		unix.Close(fd)
		return err
	}
	c.local = datagramAddr(localAddr(fd))
	c.d, err = l.watch(fd)
	return err
}

// RecvFrom waits for a datagram. What of it does not fit into p is lost. An
// error may be the answer to an earlier datagram, such as that nobody is there,
// and does not end the endpoint. Cancelling the task loses nothing.
func (c *DatagramConn) RecvFrom(p []byte) (n int, from net.Addr, err error) {
	var kernel unix.Sockaddr
	err = c.d.reading.attempt("recvfrom", func(fd int) (err error) {
		n, kernel, err = unix.Recvfrom(fd, p, 0)
		return err
	})
	if err != nil {
		return 0, nil, c.opError("read", c.remote, err)
	}
	return n, datagramAddr(netAddr(kernel)), nil
}

// SendTo sends p as one datagram, to the address the endpoint is connected to if
// to is nil. It waits if the kernel has no room.
func (c *DatagramConn) SendTo(p []byte, to net.Addr) error {
	var kernel unix.Sockaddr
	if to != nil {
		e, err := endpointOf(to)
		if err != nil {
			return c.opError("write", to, err)
		}
		kernel = e.kernel
	}
	send := func(fd int) error { return unix.Sendmsg(fd, p, nil, kernel, 0) }
	attempt := c.d.writing.attempt
	if c.network == "unixgram" {
		attempt = c.attemptWithPauses
	}
	if err := attempt("sendmsg", send); err != nil {
		if to == nil {
			to = c.remote
		}
		return c.opError("write", to, err)
	}
	return nil
}

// attemptWithPauses is for local datagrams: the selector tells of the sender's
// room, and not of that of the receiver.
func (c *DatagramConn) attemptWithPauses(name string, call func(fd int) error) error {
	s := &c.d.writing
	for {
		err := s.check()
		if err == nil {
			err = s.try(name, call)
		}
		if err != ErrWouldBlock {
			return err
		}
		t := s.owner.loop.current
		if t == nil {
			return errNoTask
		}
		if err := t.Sleep(fullBacklogPause); err != nil {
			return err
		}
	}
}

// LocalAddr is the address that the endpoint receives at.
func (c *DatagramConn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the address that the endpoint is connected to; nil if it is not.
func (c *DatagramConn) RemoteAddr() net.Addr { return c.remote }

// Connected reports whether the endpoint has a remote address.
func (c *DatagramConn) Connected() bool { return c.remote != nil }

// SetReadDeadline sets the time after which RecvFrom, also one in progress,
// fails with [os.ErrDeadlineExceeded]. The zero time is none.
func (c *DatagramConn) SetReadDeadline(at time.Time) error {
	return c.opError("set", c.remote, c.d.reading.setDeadline(at))
}

// SetWriteDeadline is SetReadDeadline for SendTo.
func (c *DatagramConn) SetWriteDeadline(at time.Time) error {
	return c.opError("set", c.remote, c.d.writing.setDeadline(at))
}

// Close ends the waits in progress with [net.ErrClosed]. The file of a local
// socket is removed.
func (c *DatagramConn) Close() error {
	err := c.d.close()
	if err == nil {
		err = removeFile(c.local)
	}
	return c.opError("close", c.remote, err)
}

func (c *DatagramConn) opError(op string, to net.Addr, err error) error {
	return opError(op, c.network, c.local, to, err)
}
