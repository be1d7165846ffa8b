package workloads

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"concbench/models/registry"
)

// secure stands for a site whose certificate is in order: its authority is
// the one that TestMain makes the system's.
var secure = newSecure()

func newSecure() *httptest.Server {
	server := httptest.NewUnstartedServer(http.HandlerFunc(site))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // failed handshakes are wanted here
	server.StartTLS()
	return server
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "workloads")
	if err != nil {
		panic(err)
	}
	file := filepath.Join(dir, "roots.pem")
	roots := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
	if err := os.WriteFile(file, roots, 0o600); err != nil {
		panic(err)
	}
	os.Setenv("SSL_CERT_FILE", file)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func site(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/moved":
		http.Redirect(w, r, "/elsewhere", http.StatusMovedPermanently)
	case "/hinted":
		w.WriteHeader(http.StatusEarlyHints)
		fmt.Fprint(w, "after hints")
	case "/missing":
		http.NotFound(w, r)
	case "/chunked":
		fmt.Fprint(w, "one")
		w.(http.Flusher).Flush()
		fmt.Fprint(w, "two")
	default:
		fmt.Fprint(w, "hello")
	}
}

func runURLs(t *testing.T, model, form string, urls ...string) (*Trial, error) {
	t.Helper()
	trial := newTrial(t, download, newModel(t, model), map[string]string{"form": form})
	trial.URLs = urls
	return trial, download.Run(trial)
}

func TestRealSites(t *testing.T) {
	plain := httptest.NewServer(http.HandlerFunc(site))
	defer plain.Close()
	urls := []string{secure.URL, plain.URL + "/chunked", plain.URL + "/hinted", strings.Replace(plain.URL, "127.0.0.1", "localhost", 1)}
	for _, model := range registry.Names() {
		for _, form := range []string{"native", "executor"} {
			trial, err := runURLs(t, model, form, urls...)
			if err != nil {
				t.Errorf("%s %s: %v", model, form, err)
				continue
			}
			want, err := download.Expect(trial)
			if err != nil || trial.Work != want {
				t.Errorf("%s %s: did %+v, want %+v, %v", model, form, trial.Work, want, err)
			}
			out := trial.Output.(*bytes.Buffer).String()
			for _, words := range []string{": 200 OK, 5 bytes", ": 200 OK, 6 bytes", ": 200 OK, 11 bytes"} {
				if !strings.Contains(out, words) {
					t.Errorf("%s %s: %q is not in\n%s", model, form, words, out)
				}
			}
		}
	}
}

func TestSitesInTrouble(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	_, port, _ := net.SplitHostPort(secure.Listener.Addr().String())
	tests := []struct{ url, want string }{
		{"http://" + closed.Addr().String() + "/x", "refused"},
		{secure.URL + "/missing", "404 Not Found"},
		{secure.URL + "/moved", `301 Moved Permanently: give the address that it leads to instead, "` + secure.URL + `/elsewhere"`},
		{"https://localhost:" + port, "certificate is valid for"},
		{"http://" + secure.Listener.Addr().String(), "400 Bad Request"},
		{"ftp://example.org/", "want a URL such as"},
		{"http:///nowhere", "want a URL such as"},
		{"://", "missing protocol scheme"},
	}
	for _, test := range tests {
		for _, form := range []string{"native", "executor"} {
			_, err := runURLs(t, "goroutine", form, test.url)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), test.url) {
				t.Errorf("%s: %v, want the URL and %q", test.url, err, test.want)
			}
		}
	}
}

func FuzzTarget(f *testing.F) {
	f.Add("https://example.org/page?x=1")
	f.Add("http://[::1]:8080")
	f.Add("http://user:secret@host/")
	f.Fuzz(func(t *testing.T, text string) {
		to, err := newTarget(text)
		if err != nil {
			return
		}
		if host, port, err := net.SplitHostPort(to.address); err != nil || host == "" || port == "" {
			t.Fatalf("%q was accepted and leads to %q: %v", text, to.address, err)
		}
	})
}

func TestTargetKeepsPasswordsToItself(t *testing.T) {
	if _, err := newTarget("http://user:secret@host/"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v, want a refusal without the password", err)
	}
}

// A server that takes the connection and never says a word.
func TestSiteThatNeverAnswers(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	to, err := newTarget("http://" + silent.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	to.patience = 20 * time.Millisecond
	conn, err := net.Dial("tcp", to.address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fetch(conn, to); err == nil || !strings.Contains(err.Error(), "timeout") {
		t.Errorf("%v, want a timeout", err)
	}
}

func TestBodyWithoutEnd(t *testing.T) {
	response := &http.Response{StatusCode: http.StatusOK, Body: endless{}}
	if _, err := readBody(response); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("%v, want an error that the body is too long", err)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }
func (endless) Close() error               { return nil }

func TestDownloadNeedsAServer(t *testing.T) {
	trial := newTrial(t, download, newModel(t, "serial"), nil)
	trial.Pages = ""
	if err := download.Run(trial); err == nil || !strings.Contains(err.Error(), "bench serve") {
		t.Errorf("%v, want an error that says how to get a page server", err)
	}
}
