package main

import (
	"strings"
	"testing"

	"concbench/results"
)

// FuzzParseURLs: what is taken is as many short addresses of the web as are
// allowed, and what is not is told with its line.
func FuzzParseURLs(f *testing.F) {
	f.Add([]byte("# sites\n\nhttps://example.org/\r\n  http://[::1]:80/x?y#z"))
	f.Add([]byte("ftp://example.org\n"))
	f.Add([]byte("http://\x1b[31m\n"))
	f.Add([]byte(strings.Repeat("http://a\n", results.MaxURLs+1)))
	f.Fuzz(func(t *testing.T, text []byte) {
		urls, err := parseURLs("file", text)
		if err != nil {
			if urls != nil || !strings.HasPrefix(err.Error(), "file:") && !strings.HasPrefix(err.Error(), "file has no address") {
				t.Fatalf("%q, %v", urls, err)
			}
			return
		}
		if len(urls) == 0 || len(urls) > results.MaxURLs {
			t.Fatalf("%d addresses", len(urls))
		}
		for _, u := range urls {
			if !strings.HasPrefix(strings.ToLower(u), "http") || strings.ContainsAny(u, "\n\x1b") || len(u) > results.MaxText {
				t.Fatalf("taken for an address: %q", u)
			}
		}
	})
}
