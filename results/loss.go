package results

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"concbench/internal/files"
)

// PageName is the file of a run that people read. Package reports makes it.
const PageName = "report.html"

// ErrFewer is the error of a report that would take the place of one of more records.
var ErrFewer = errors.New("there are fewer records than the report was drawn from")

// Fewer returns [ErrFewer] if bench.txt in dir, and so the report that was drawn
// with it, is of more than so many records; or if there are none now and a report,
// since nobody draws one of nothing over another. A journal only grows, so then
// records were lost, and the report may be all that is left of them.
func Fewer(dir string, records int) error {
	drawn, err := drawnFrom(filepath.Join(dir, BenchFile))
	if err != nil {
		return fmt.Errorf("see what the report was drawn from: %w", err)
	}
	if drawn > records {
		return fmt.Errorf("%w: %d now, %d then; %s and %s are left as they are", ErrFewer, records, drawn, BenchFile, PageName)
	}
	page := filepath.Join(dir, PageName)
	if _, err := os.Lstat(page); err == nil && records == 0 && drawn < 0 {
		return fmt.Errorf("%w: none now; %s is left as it is", ErrFewer, page)
	}
	return nil
}

var headRecords = regexp.MustCompile(`^# concbench .*, (\d+) records$`)

// drawnFrom is the number of records from which the file at path was written, as
// its first line tells or, in files of schema 1, at least the number of its results;
// -1 if there is no file.
func drawnFrom(path string) (int, error) {
	f, err := files.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines, results := bufio.NewReader(f), 0
	for first := true; ; first = false {
		line, err := lines.ReadSlice('\n')
		if found := headRecords.FindSubmatch(bytes.TrimSpace(line)); first && found != nil {
			n, err := strconv.Atoi(string(found[1]))
			if err != nil {
				return 0, fmt.Errorf("the first line of %s: %w", path, err)
			}
			return n, nil
		}
		if bytes.HasPrefix(line, []byte("Benchmark")) {
			results++
		}
		if errors.Is(err, io.EOF) {
			return results, nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return 0, err
		}
	}
}
