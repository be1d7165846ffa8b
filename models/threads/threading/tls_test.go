package threading

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"concbench/models/internal/tlstest"
)

// tlsConfigs are two that fit together.
func tlsConfigs(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	server, client = tlstest.Configs(t)
	client.ServerName = tlstest.ServerName
	return server, client
}

// tlsPair is two connected sides; the server's belongs to no thread yet.
func tlsPair(main *Thread, server, client *tls.Config) (s, c *TLSConn, err error) {
	a, b, err := main.SocketPair()
	if err != nil {
		return nil, nil, err
	}
	s, err = TLSServer(a, server)
	if err != nil {
		return nil, nil, err
	}
	c, err = TLSClient(b, client)
	return s, c, err
}

func TestTLSEcho(t *testing.T) {
	server, client := tlsConfigs(t)
	text := bytes.Repeat([]byte("over TLS "), 20_000)
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		s, c, err := tlsPair(main, server, client)
		if err != nil {
			return err
		}
		echo, err := started(main, func(t *Thread) error {
			s.MoveTo(t)
			got, err := io.ReadAll(s)
			_, err2 := s.Write(got)
			return errors.Join(err, err2, s.CloseWrite())
		})
		if err := errors.Join(err, c.Handshake()); err != nil {
			return err
		}
		_, err = c.Write(text)
		err = errors.Join(err, c.CloseWrite())
		got, err2 := io.ReadAll(c)
		if !bytes.Equal(got, text) || !c.State().HandshakeComplete {
			t.Errorf("%d bytes came back of %d", len(got), len(text))
		}
		return errors.Join(err, err2, echo.Join(main), c.Close(), s.Close())
	})
}

// A certificate that is not trusted is an error of both sides.
func TestTLSRefusesAStranger(t *testing.T) {
	server, _ := tlsConfigs(t)
	_, client := tlsConfigs(t)
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		s, c, err := tlsPair(main, server, client)
		if err != nil {
			return err
		}
		var refused error
		th, err := started(main, func(t *Thread) error {
			s.MoveTo(t)
			refused = s.Handshake()
			return nil
		})
		var verification *tls.CertificateVerificationError
		if err := c.Handshake(); !errors.As(err, &verification) {
			t.Errorf("the client's handshake: %v", err)
		}
		err = errors.Join(err, th.Join(main), c.Close(), s.Close())
		if refused == nil {
			t.Error("the server's handshake succeeded")
		}
		return err
	})
}

// A deadline ends a read, and so does a Close from another thread.
func TestTLSReadsThatEnd(t *testing.T) {
	server, client := tlsConfigs(t)
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		s, c, err := tlsPair(main, server, client)
		if err != nil {
			return err
		}
		if err := c.SetDeadline(time.Now().Add(moment)); err != nil {
			return err
		}
		var timeout net.Error
		if err := c.Handshake(); !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("a handshake with nobody: %v", err)
		}
		var ended error
		th, err := started(main, func(t *Thread) error {
			s.MoveTo(t)
			_, ended = s.Read(make([]byte, 1))
			return nil
		})
		untilAt(main, s.conn.InUse)
		err = errors.Join(err, s.Close(), th.Join(main), c.Close())
		if !errors.Is(ended, net.ErrClosed) && !errors.Is(ended, io.EOF) {
			t.Errorf("a read under a Close: %v", ended)
		}
		return err
	})
}

func TestTLSMisuse(t *testing.T) {
	inInterpreter(t, func(t *testing.T, main *Thread) error {
		a, b, err := main.SocketPair()
		if err != nil {
			return err
		}
		if _, err := TLSClient(a, nil); err == nil {
			t.Error("no config is no error")
		}
		if _, err := TLSServer(nil, &tls.Config{}); err == nil {
			t.Error("no connection is no error")
		}
		if _, _, err := (*Thread)(nil).SocketPair(); err != ErrNoOwner {
			t.Errorf("SocketPair without a handle: %v", err)
		}
		return errors.Join(a.Close(), b.Close())
	})
}
