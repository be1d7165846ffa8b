package buildinfo

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"concbench"
)

// Tree is a digest of the source text that decides what a trial does. Two
// binaries have the same tree when that text is the same byte for byte, wherever and
// however they were built; tests do not count.
//
// A version control stamp cannot stand for it: go test leaves the stamp out, a
// tarball has none, and two changed trees of one commit share it.
func Tree() string { return tree() }

var tree = sync.OnceValue(func() string {
	text, err := digest(concbench.Source)
	if err != nil {
		panic("buildinfo: the embedded source cannot be read: " + err.Error())
	}
	return text
})

// digest is the start of the SHA-256 of all files but tests: of each its
// name, its length and its text, in the order of the names.
func digest(source fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(source, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(source, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%q %d\n%s", path, len(text), text)
		return nil
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%.8x", sum.Sum(nil)), nil
}
