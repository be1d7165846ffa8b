package pages

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestDelaysHaveExactlyTheMean(t *testing.T) {
	for seed := range uint64(200) {
		for _, n := range []int{1, 2, 7, 64} {
			set := Set{Seed: seed, N: n, Mean: 475*time.Millisecond + 1, Scale: 1}
			var sum, longest time.Duration
			for _, d := range set.Delays() {
				if d < 0 {
					t.Fatalf("%+v: a delay of %v", set, d)
				}
				sum, longest = sum+d, max(longest, d)
			}
			if want := time.Duration(n) * set.Mean; sum != want {
				t.Fatalf("%+v: delays add up to %v, want %v", set, sum, want)
			}
			if bound := time.Duration(spread * float64(set.Mean)); longest > bound {
				t.Fatalf("%+v: longest delay %v, want at most %v", set, longest, bound)
			}
		}
	}
}

func TestSeedDecides(t *testing.T) {
	a, same, b := Set{Seed: 1, N: 7, Scale: 1}, Set{Seed: 1, N: 7, Scale: 1}, Set{Seed: 2, N: 7, Scale: 1}
	if !bytes.Equal(a.Body(3), same.Body(3)) {
		t.Error("one seed gave two bodies")
	}
	if bytes.Equal(a.Body(3), b.Body(3)) || bytes.Equal(a.Body(3), a.Body(4)) {
		t.Error("two seeds or two pages gave one body")
	}
	for i := range 200 {
		if size := a.Size(i); size < MinSize || size > MaxSize {
			t.Errorf("page %d has %d bytes", i, size)
		}
	}
}

func TestServedPagesAreTheDerivedOnes(t *testing.T) {
	server := httptest.NewServer(Handler())
	defer server.Close()
	set := Set{Seed: 42, N: 3, Mean: time.Millisecond, Scale: 0.5}
	for i := range set.N {
		resp, err := http.Get(server.URL + set.Path(i))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("page %d: %s, %v", i, resp.Status, err)
		}
		if sha256.Sum256(body) != set.Sum(i) {
			t.Errorf("page %d is not what the seed says", i)
		}
	}
}

func TestBadRequests(t *testing.T) {
	tests := []struct{ path, want string }{
		{"/page/7?n=7", "from 0 to 6"},
		{"/page/-1", "from 0 to 6"},
		{"/page/x", "from 0 to 6"},
		{"/page/0?n=0", "from 1 to 10000 pages"},
		{"/page/0?n=100000000000000000000", "a whole number"},
		{"/page/0?mean=1h", "mean delay from 0s to 1m0s"},
		{"/page/0?mean=soon", "a duration such as 475ms"},
		{"/page/0?scale=NaN", "a factor above 0"},
		{"/page/0?scale=-1", "a factor above 0"},
		{"/page/0?scale=1e300", "a factor above 0"},
		{"/page/0?mean=60s&scale=100", "delays of at most"},
		{"/page/0?seed=-1", "a whole number from 0"},
		{"/page/0?sead=1", "not a setting"},
		{"/page/0?seed=1&seed=2", "given 2 times"},
		{"/?n=0", "from 1 to 10000 pages"},
	}
	for _, test := range tests {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest("GET", test.path, nil))
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%s: %d %q, want 400 and %q", test.path, w.Code, w.Body, test.want)
		}
	}
}

func TestIndexListsThePages(t *testing.T) {
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest("GET", "/?n=3", nil))
	if w.Code != http.StatusOK || strings.Count(w.Body.String(), "/page/") != 4 {
		t.Errorf("%d %s\nwant 3 links and an example", w.Code, w.Body)
	}
}

// A client that goes away must not hold the server's handler for the delay.
func TestPauseEndsWithTheClient(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if pause(ctx, time.Hour) {
		t.Error("pause went on for a client that has gone")
	}
}

func TestServeStops(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- Serve(ctx, l) }()
	resp, err := http.Get("http://" + l.Addr().String() + "/?n=1")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
		c.Close()
		t.Error("the server still takes connections")
	}
}

func TestServeReportsALostListener(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := Serve(context.Background(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Serve on a closed listener: %v, want net.ErrClosed", err)
	}
}

func TestLimitHoldsConnectionsBack(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := limit(inner, 1)
	defer l.Close()
	for range 2 {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	first, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error)
	go func() {
		c, err := l.Accept()
		if err == nil {
			c.Close()
		}
		second <- err
	}()
	select {
	case <-second:
		t.Error("a second connection was taken beside the first")
	case <-time.After(5 * time.Millisecond):
	}
	first.Close()
	first.Close() // must free the place once only
	if err := <-second; err != nil {
		t.Error(err)
	}
	if n := len(l.(*limited).places); n != 0 {
		t.Errorf("%d places are taken after all connections were closed", n)
	}
}

func TestLimitFreesThePlaceOfAFailedAccept(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := limit(inner, 1).(*limited)
	inner.Close()
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("%v, want net.ErrClosed", err)
	}
	if n := len(l.places); n != 0 {
		t.Errorf("%d places are taken and there is no connection", n)
	}
}

func FuzzParseSet(f *testing.F) {
	f.Add("seed=1&n=7&mean=475ms&scale=1")
	f.Add("n=0")
	f.Add("scale=Inf&mean=-1s")
	f.Fuzz(func(t *testing.T, text string) {
		query, err := url.ParseQuery(text)
		if err != nil {
			t.Skip()
		}
		set, err := ParseSet(query)
		if err != nil {
			return
		}
		if err := set.Check(); err != nil {
			t.Fatalf("%q was accepted: %v", text, err)
		}
		u, err := url.Parse(set.Path(0))
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParseSet(u.Query()); err != nil || again != set {
			t.Fatalf("%+v came back as %+v, %v", set, again, err)
		}
	})
}
