package pages

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Limits of the server. MaxConns is above what a trial opens at once.
const (
	MaxConns      = 16_384
	headerTimeout = 10 * time.Second
	idleTimeout   = time.Minute
	sendTimeout   = time.Minute // for the body, after the delay
	maxHeader     = 16 << 10    // bytes
	stopTimeout   = 2 * time.Second
)

// Serve answers requests on l until ctx is done, and closes l. Requests under
// way then have two seconds to end.
func Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           Handler(),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       headerTimeout,
		WriteTimeout:      headerTimeout + MaxDelay + sendTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(limit(l, MaxConns)) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving pages on %v: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-ended
	if err != nil {
		return fmt.Errorf("stopping the page server on %v: %w", l.Addr(), err)
	}
	return nil
}

// Handler answers the requests that the package text describes, and "/" with a
// list of the pages of a set.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /page/{i}", servePage)
	mux.HandleFunc("GET /{$}", serveIndex)
	return mux
}

func servePage(w http.ResponseWriter, r *http.Request) {
	set, err := ParseSet(r.URL.Query())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	i, err := strconv.Atoi(r.PathValue("i"))
	if err != nil || i < 0 || i >= set.N {
		http.Error(w, fmt.Sprintf("page %q: want a number from 0 to %d", r.PathValue("i"), set.N-1), http.StatusBadRequest)
		return
	}
	if !pause(r.Context(), set.Delays()[i]) {
		return
	}
	body := set.Body(i)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	// An error here is the client's going away, which is its own affair.
	w.Write(body)
}

// pause waits and reports whether the client is still there.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// serveIndex writes its few lines by hand, because every trial links this
// package and html/template would cost each of them its start-up.
func serveIndex(w http.ResponseWriter, r *http.Request) {
	set, err := ParseSet(r.URL.Query())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var rows strings.Builder
	for i, d := range set.Delays() {
		path := strings.ReplaceAll(set.Path(i), "&", "&amp;")
		fmt.Fprintf(&rows, "<tr><td><a href=%q>%d</a></td><td>%d</td><td>%v</td></tr>\n", path, i, set.Size(i), d.Round(time.Millisecond))
	}
	// As above, an error means that the client has gone.
	fmt.Fprintf(w, index, rows.String())
}

const index = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>concbench pages</title></head><body>
<h1>Pages to download</h1>
<p>Each page is sent after a delay. Sizes, delays and contents follow from the seed:
<code>/page/0?seed=1&amp;n=7&amp;mean=475ms&amp;scale=1</code>. This list takes the same settings.</p>
<table><tr><th>page</th><th>bytes</th><th>delay</th></tr>
%s</table></body></html>
`
