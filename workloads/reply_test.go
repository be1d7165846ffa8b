package workloads

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"concbench/models"
	"concbench/models/registry"
)

const okHead = "HTTP/1.1 200 OK\r\n"

// Replies as a server may send them. Each is the page or an error that names
// what came.
var replies = []struct {
	name, raw string
	hold      bool   // the server keeps the connection open
	silent    bool   // and what is missing never comes
	page      string // what must come
	err       string // or what the error must say
}{
	{name: "length", raw: okHead + "Content-Length: 5\r\n\r\nhello", hold: true, page: "hello"},
	{name: "chunked", raw: okHead + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n", hold: true, page: "hello"},
	{name: "trailers", raw: okHead + "Trailer: Sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nSum: 42\r\n\r\n", hold: true, page: "hello"},
	{name: "closed", raw: okHead + "\r\nhello", page: "hello"},
	{name: "HTTP/1.0", raw: "HTTP/1.0 200 OK\r\n\r\nhello", page: "hello"},
	{name: "bare line feeds", raw: "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", hold: true, page: "hello"},
	{name: "no reason phrase", raw: "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello", hold: true, page: "hello"},
	{name: "203", raw: "HTTP/1.1 203 x\r\nContent-Length: 5\r\n\r\nhello", hold: true, page: "hello"},
	{name: "100 first", raw: "HTTP/1.1 100 Continue\r\n\r\n" + okHead + "Content-Length: 5\r\n\r\nhello", hold: true, page: "hello"},
	{name: "102 and 103 first", raw: "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + okHead + "\r\nhello", page: "hello"},
	{name: "a second reply", raw: strings.Repeat(okHead+"Content-Length: 5\r\n\r\nhello", 2), page: "hello"},
	{name: "garbage behind", raw: okHead + "Content-Length: 5\r\n\r\nhello\x00\xff world", hold: true, page: "hello"},

	{name: "nothing", err: "reading the reply: unexpected EOF"},
	{name: "103 only", raw: "HTTP/1.1 103 Early Hints\r\n\r\n", err: "reading the reply after 103 Early Hints: unexpected EOF"},
	{name: "100 and silence", raw: "HTTP/1.1 100 Continue\r\n\r\n", hold: true, silent: true, err: "after 100 Continue: "},
	{name: "103 for ever", raw: strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 2*maxInterim), hold: true, err: "more than 16 interim replies"},
	{name: "101", raw: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nhello", hold: true, err: "101 Switching Protocols, which is no page"},
	{name: "204", raw: "HTTP/1.1 204 No Content\r\n\r\n", hold: true, err: "204 No Content, which is no page"},
	{name: "205", raw: "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", hold: true, err: "205 Reset Content, which is no page"},
	{name: "206", raw: "HTTP/1.1 206 \r\nContent-Range: bytes 0-1/5\r\nContent-Length: 2\r\n\r\nhe", hold: true, err: "206 Partial Content, which is no page"},
	{name: "302", raw: "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 5\r\n\r\nhello", hold: true, err: `302 Found: give the address that it leads to instead, "http://127.0.0.1:`},
	{name: "302 to nowhere", raw: "HTTP/1.1 302 Found\r\nContent-Length: 5\r\n\r\nhello", hold: true, err: "302 Found, which is no page"},
	{name: "304", raw: "HTTP/1.1 304 Not Modified\r\n\r\n", hold: true, err: "304 Not Modified, which is no page"},
	{name: "404", raw: "HTTP/1.1 404 \x1b[31mgone\r\nContent-Length: 5\r\n\r\nhello", hold: true, err: "404 \x1b[31mgone, which is no page"},
	{name: "503", raw: "HTTP/1.1 503 \r\n\r\nhello", err: "503 Service Unavailable, which is no page"},
	{name: "799", raw: "HTTP/1.1 799 x\r\n\r\nhello", err: "answered 799 x, which is no page"},
	{name: "empty", raw: okHead + "Content-Length: 0\r\n\r\n", hold: true, err: "200 OK with an empty body"},
	{name: "empty and closed", raw: okHead + "\r\n", err: "200 OK with an empty body"},
	{name: "empty chunks", raw: okHead + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", hold: true, err: "200 OK with an empty body"},
	{name: "as for HEAD", raw: okHead + "Content-Length: 5\r\n\r\n", err: "reading the body after 0 bytes: unexpected EOF"},
	{name: "too short", raw: okHead + "Content-Length: 9\r\n\r\nhello", err: "reading the body after 5 bytes: unexpected EOF"},
	{name: "too short and held", raw: okHead + "Content-Length: 9\r\n\r\nhello", hold: true, silent: true, err: "reading the body after 5 bytes: "},
	{name: "two lengths", raw: okHead + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", hold: true, err: "Content-Length"},
	{name: "negative length", raw: okHead + "Content-Length: -5\r\n\r\nhello", hold: true, err: "Content-Length"},
	{name: "last chunk missing", raw: okHead + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", err: "reading the body after 5 bytes: unexpected EOF"},
	{name: "trailers cut", raw: okHead + "Trailer: Sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nSum: 4", err: "reading the body after 5 bytes: "},
	{name: "no chunk size", raw: okHead + "Transfer-Encoding: chunked\r\n\r\nhello\r\n", err: "reading the body after 0 bytes: "},
	{name: "unknown coding", raw: okHead + "Transfer-Encoding: zip\r\n\r\nhello", err: "unsupported transfer encoding"},
	{name: "HTTP/2", raw: "HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", hold: true, err: "answered in HTTP/2.0"},
	{name: "no HTTP", raw: "SSH-2.0-x \x1b[31m\r\n", err: `malformed HTTP status code "\x1b[31m"`},
	{name: "raw bytes", raw: "HTTP/1.1 200 OK\r\nA\x1b[31m\r\n\r\n", hold: true, err: "malformed MIME header"},
	{name: "head cut", raw: okHead + "Content-Le", err: "reading the reply: unexpected EOF"},
	{name: "head held", raw: okHead + "Content-Le", hold: true, silent: true, err: "timeout"},
	{name: "line without end", raw: "HTTP/1.1 200 " + strings.Repeat("x", 2*maxHead), hold: true, err: "headers are longer than"},
	{name: "head without end", raw: okHead + strings.Repeat("A: b\r\n", maxHead/4), hold: true, err: "headers are longer than"},
	{name: "heads without end", raw: strings.Repeat("HTTP/1.1 103 x\r\nA: "+strings.Repeat("b", maxHead/4)+"\r\n\r\n", 8), hold: true, err: "headers are longer than"},
	{name: "long complaint", raw: strings.Repeat("x", maxHead/2) + "\r\n", err: "xxx..."},
}

func TestRepliesUnderEveryModel(t *testing.T) {
	clients := map[string]func(models.Task, target) (reply, error){"native": native, "executor": executor}
	for _, c := range replies {
		t.Run(c.name, func(t *testing.T) {
			server := rawServer(t, c.raw, c.hold)
			for _, model := range registry.Names() {
				for form, client := range clients {
					r, err := getOnce(t, model, client, server, c.silent)
					if problem := wrongReply(r, err, c.page, c.err); problem != "" {
						t.Errorf("%s, %s: %s", model, form, problem)
					}
				}
			}
		})
	}
}

func wrongReply(r reply, err error, page, wantErr string) string {
	switch {
	case page != "" && (err != nil || r.sum != sha256.Sum256([]byte(page)) || r.bytes != int64(len(page))):
		return fmt.Sprintf("%d bytes, %v; want the page %q", r.bytes, err, page)
	case page == "" && (err == nil || !strings.Contains(err.Error(), wantErr)):
		return fmt.Sprintf("%v, %v; want an error that says %q", r, err, wantErr)
	case err != nil && (r != reply{} || len(err.Error()) > 2*foreignText):
		return fmt.Sprintf("%v beside the error %.1000q, or that is long", r, err)
	}
	return ""
}

// getOnce gets a page. A silent server is not waited for long.
func getOnce(t *testing.T, model string, client func(models.Task, target) (reply, error), address string, silent bool) (r reply, failed error) {
	t.Helper()
	to, err := newTarget("http://" + address + "/page")
	if err != nil {
		t.Fatal(err)
	}
	if silent {
		to.patience = 100 * time.Millisecond
	}
	err = newModel(t, model).Run(func(t models.Task) error {
		r, failed = client(t, to)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, failed
}

// rawServer answers each request with the same bytes.
func rawServer(t *testing.T, raw string, hold bool) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			answerRaw(conn, raw, hold)
		}
	}()
	t.Cleanup(func() { l.Close(); <-ended })
	return l.Addr().String()
}

// answerRaw may find that the client has gone, which is the client's affair.
func answerRaw(conn net.Conn, raw string, hold bool) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	if _, err := http.ReadRequest(in); err != nil {
		return
	}
	if _, err := io.WriteString(conn, raw); err == nil && hold {
		io.Copy(io.Discard, in) // until the client closes
	}
}

// Whatever a server sends, the reader ends, keeps to its bounds and calls only
// a reply with a body a page.
func FuzzReply(f *testing.F) {
	for _, c := range replies {
		f.Add([]byte(c.raw[:min(len(c.raw), 4<<10)]))
	}
	request, err := http.NewRequest(http.MethodGet, "http://127.0.0.1/page", nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := readPage(strings.NewReader(string(raw)), request)
		if err == nil && (r.bytes <= 0 || r.bytes > int64(len(raw)) || r.status != 200 && r.status != 203) {
			t.Fatalf("%q is taken for a page: %v", raw, r)
		}
		if err != nil && len(foreignError{err}.Error()) > foreignText+3 {
			t.Fatalf("%q: an error of %d bytes", raw, len(err.Error()))
		}
	})
}
