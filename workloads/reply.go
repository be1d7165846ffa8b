package workloads

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"time"
)

// Bounds of one reply. A server that never stops ends in an error that says so.
const (
	maxHead    = 256 << 10 // bytes of all headers, those of interim replies too
	maxInterim = 16        // replies before the final one
	maxBody    = 64 << 20  // bytes
)

// A reply is a page that came.
type reply struct {
	status int
	bytes  int64
	sum    [sha256.Size]byte // of the body
	took   time.Duration
}

func (r reply) String() string {
	return fmt.Sprintf("%s, %d bytes in %.3f s", statusWords(r.status), r.bytes, r.took.Seconds())
}

// statusWords is the status in the words of the RFC.
func statusWords(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprint(status, " ", text)
	}
	return fmt.Sprint("status ", status)
}

// answered is the status in the server's own words, if it has any.
func answered(response *http.Response) string {
	if _, words, _ := strings.Cut(response.Status, " "); words != "" {
		return "the server answered " + response.Status
	}
	return "the server answered " + statusWords(response.StatusCode)
}

// readPage reads the answer to request, and returns an error that names what came
// if that is not a page. The page ends where its header says that it does. What
// a server sends after that is not read: RFC 9112, section 6.3, lets a client
// discard it.
func readPage(from io.Reader, request *http.Request) (reply, error) {
	head := &capped{from: from, left: maxHead}
	response, err := finalReply(head, request)
	if err != nil {
		return reply{}, err
	}
	head.left = math.MaxInt64 // readBody has a bound of its own
	if err := checkPage(response); err != nil {
		return reply{}, err
	}
	return readBody(response)
}

// finalReply passes over the interim replies that a server may send before the
// one that counts (RFC 9110, section 15.2). The status 101 is final: it leaves
// HTTP, and nobody asked for that.
func finalReply(head *capped, request *http.Request) (*http.Response, error) {
	in, after := bufio.NewReader(head), ""
	for range maxInterim + 1 {
		response, err := http.ReadResponse(in, request)
		if err != nil && head.failed != nil {
			err = head.failed // net/textproto calls the line that it cut malformed
		}
		if err != nil {
			return nil, fmt.Errorf("reading the reply%s: %w", after, err)
		}
		interim := response.StatusCode/100 == 1 && response.StatusCode != http.StatusSwitchingProtocols
		if !interim {
			return response, nil
		}
		after = " after " + statusWords(response.StatusCode)
	}
	return nil, fmt.Errorf("the server sent more than %d interim replies, the last of them%s", maxInterim, after)
}

// checkPage refuses what is a reply and no page. 203 is one: a page that a proxy
// has changed. Redirects are not followed: two requests are not one page.
func checkPage(response *http.Response) error {
	status := response.StatusCode
	switch {
	case response.ProtoMajor != 1:
		return fmt.Errorf("the server answered in HTTP/%d.%d to a request in HTTP/1.1", response.ProtoMajor, response.ProtoMinor)
	case status == http.StatusOK || status == http.StatusNonAuthoritativeInfo:
		return nil
	}
	if to, err := response.Location(); err == nil && status/100 == 3 {
		return fmt.Errorf("%s: give the address that it leads to instead, %q", answered(response), to.Redacted())
	}
	return fmt.Errorf("%s, which is no page", answered(response))
}

// readBody hashes the body, which must be neither empty nor endless.
func readBody(response *http.Response) (reply, error) {
	defer response.Body.Close()
	r := reply{status: response.StatusCode}
	hash := sha256.New()
	var err error
	if r.bytes, err = io.Copy(hash, io.LimitReader(response.Body, maxBody+1)); err != nil {
		return reply{}, fmt.Errorf("reading the body after %d bytes: %w", r.bytes, err)
	}
	hash.Sum(r.sum[:0])
	switch {
	case r.bytes > maxBody:
		return reply{}, fmt.Errorf("the body is longer than %d bytes", maxBody)
	case r.bytes == 0:
		return reply{}, fmt.Errorf("%s with an empty body", answered(response))
	}
	return r, nil
}

var errLongHead = fmt.Errorf("the headers are longer than %d bytes", maxHead)

// A capped reader fails when a bound is reached, where [io.LimitReader] would
// tell of the end of the stream. It keeps what it failed of.
type capped struct {
	from   io.Reader
	left   int64
	failed error
}

func (c *capped) Read(p []byte) (n int, err error) {
	if c.left <= 0 {
		c.failed = errLongHead
		return 0, c.failed
	}
	n, err = c.from.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if n == 0 && errors.Is(err, io.EOF) {
		c.failed = io.ErrUnexpectedEOF // if anybody asks, it was too early
	} else if n == 0 {
		c.failed = err
	}
	return n, err
}

// A foreignError is an error whose text may repeat what a stranger sent, however
// much that is: it is cut.
type foreignError struct{ err error }

const foreignText = 300 // bytes of it that are shown

func (e foreignError) Error() string {
	text := e.err.Error()
	if len(text) > foreignText {
		text = strings.ToValidUTF8(text[:foreignText], "") + "..."
	}
	return text
}

func (e foreignError) Unwrap() error { return e.err }
