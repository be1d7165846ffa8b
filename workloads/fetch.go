package workloads

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"concbench/models"
)

// Bounds of one request. A site that never answers ends in an error that names it.
const (
	reachTimeout   = 5 * time.Second
	requestTimeout = 15 * time.Second
)

// A target is a page to get.
type target struct {
	url      *url.URL
	address  string        // host:port
	patience time.Duration // from the connection to the end of the body
}

func newTarget(text string) (target, error) {
	u, err := url.Parse(text)
	if err != nil {
		return target{}, fmt.Errorf("workload Download: %w", err)
	}
	ports := map[string]string{"http": "80", "https": "443"}
	port, known := ports[u.Scheme]
	if !known || u.Hostname() == "" || u.User != nil {
		return target{}, fmt.Errorf("workload Download: %q: want a URL such as https://example.org/page, without a password", u.Redacted())
	}
	if u.Port() != "" {
		port = u.Port()
	}
	return target{url: u, address: net.JoinHostPort(u.Hostname(), port), patience: requestTimeout}, nil
}

// reach opens and closes a connection to each target, all at once. Package
// models has no time limit for connecting, so a host that answers nothing at
// all is found out here, before anything is measured; and the caches of name
// servers are then as warm for the first model as for the last.
func reach(all []target) error {
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	for i, to := range all {
		wg.Go(func() {
			conn, err := (&net.Dialer{Timeout: reachTimeout}).Dial("tcp", to.address)
			if err == nil {
				err = conn.Close()
			}
			if err != nil {
				errs[i] = fmt.Errorf("reaching %s: %w", to.url, err)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// native gets a page on a connection of the model.
func native(t models.Task, to target) (reply, error) {
	conn, err := t.Dial("tcp", to.address)
	if err != nil {
		return reply{}, err
	}
	return fetch(conn, to)
}

// executor gets a page with a client that blocks its thread, in the way that
// the model has for such calls.
func executor(t models.Task, to target) (r reply, err error) {
	blocked := t.Block(func() error {
		conn, err := (&net.Dialer{Timeout: to.patience}).Dial("tcp", to.address)
		if err != nil {
			return err
		}
		r, err = fetch(conn, to)
		return err
	})
	return r, blocked
}

// fetch sends one request, reads its reply and closes the connection. It is
// the only HTTP client here: one parser over whatever connection a model has,
// with no goroutines of its own, which http.Client would start.
func fetch(conn net.Conn, to target) (r reply, err error) {
	defer func() {
		if closed := conn.Close(); err == nil && closed != nil {
			err = fmt.Errorf("closing the connection: %w", closed)
		}
	}()
	if err := conn.SetDeadline(time.Now().Add(to.patience)); err != nil {
		return reply{}, err
	}
	stream := conn
	if to.url.Scheme == "https" {
		secure := tls.Client(conn, &tls.Config{ServerName: to.url.Hostname(), MinVersion: tls.VersionTLS12})
		if err := secure.Handshake(); err != nil {
			return reply{}, foreignError{err}
		}
		stream = secure
	}
	request := &http.Request{
		Method: http.MethodGet,
		URL:    to.url,
		Host:   to.url.Host,
		Header: http.Header{"User-Agent": {"concbench"}},
		Close:  true,
	}
	if err := send(stream, request); err != nil {
		return reply{}, fmt.Errorf("sending the request: %w", err)
	}
	if r, err = readPage(stream, request); err != nil {
		return reply{}, foreignError{err}
	}
	return r, nil
}

func send(to io.Writer, request *http.Request) error {
	out := bufio.NewWriter(to)
	if err := request.Write(out); err != nil {
		return err
	}
	return out.Flush()
}
