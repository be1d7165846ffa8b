package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
)

// readURLs reads a file of one address a line; empty lines and lines that
// begin with # are left out. No file name gives no addresses.
func readURLs(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, usageError{fmt.Errorf("-urls: %w", err)}
	}
	defer f.Close()
	var urls []string
	lines := bufio.NewScanner(f)
	n := 1
	for ; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		u, err := url.Parse(line)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, usageError{fmt.Errorf("-urls: %s:%d: %q is no http or https address", path, n, line)}
		}
		urls = append(urls, line)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, usageError{fmt.Errorf("-urls: %s:%d: the line is longer than an address can be", path, n)}
	} else if err != nil {
		return nil, usageError{fmt.Errorf("-urls: read %s: %w", path, err)}
	}
	if len(urls) == 0 {
		return nil, usageError{fmt.Errorf("-urls: %s has no address", path)}
	}
	return urls, nil
}
