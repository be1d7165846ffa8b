package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"concbench/internal/files"
	"concbench/results"
)

// maxURLFile bounds the file of addresses: as many of them as a run may have, of
// the greatest length, are less.
const maxURLFile = 8 << 20

// readURLs reads a file of one address a line; empty lines and lines that
// begin with # are left out. No file name gives no addresses.
func readURLs(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	text, err := files.Read(path, maxURLFile)
	if err != nil {
		return nil, named(fmt.Errorf("-urls: %w", err))
	}
	urls, err := parseURLs(path, text)
	if err != nil {
		return nil, usageError{fmt.Errorf("-urls: %w", err)}
	}
	return urls, nil
}

// parseURLs reads what is in the file of that name.
func parseURLs(path string, text []byte) (urls []string, err error) {
	n := 0
	for bytesOfLine := range bytes.Lines(text) {
		n++
		line := strings.TrimSpace(string(bytesOfLine))
		if line == "" || line[0] == '#' {
			continue
		}
		if err := checkURL(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if urls = append(urls, line); len(urls) > results.MaxURLs {
			return nil, fmt.Errorf("%s:%d: more than %d addresses", path, n, results.MaxURLs)
		}
	}
	if len(urls) == 0 {
		return nil, fmt.Errorf("%s has no address", path)
	}
	return urls, nil
}

func checkURL(text string) error {
	if len(text) > results.MaxText {
		return errors.New("the line is longer than an address can be")
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("%q is no http or https address", text)
	}
	return nil
}
