package results

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/perf/benchfmt"
)

// BenchFile is the file of a run that Go's benchmark tools read.
const BenchFile = "bench.txt"

// WriteBench writes the numbers of the trials that ended well in the Go
// benchmark format, one line a process, for benchstat and its kin.
//
// A file-level key whose value differs between two files, or inside one, makes
// benchstat put the results into separate tables, so there are only keys of the
// machine; the version that was measured and unusual settings stand in comments.
func WriteBench(w io.Writer, run *Run, records []Record) error {
	if _, err := fmt.Fprintf(w, "# concbench %s, profile %s, %d records\n", plain(run.versionText()), plain(run.Profile), len(records)); err != nil {
		return err
	}
	if unusual := run.Machine.Unusual(); len(unusual) > 0 {
		if _, err := fmt.Fprintf(w, "# not the usual settings: %s\n", plain(strings.Join(unusual, ", "))); err != nil {
			return err
		}
	}
	out := benchfmt.NewWriter(w)
	metrics := map[string][]Metric{}
	for _, info := range run.Workloads {
		metrics[info.Name] = info.Metrics
	}
	if err := writeUnits(out, run.Workloads); err != nil {
		return err
	}
	for _, r := range records {
		if r.Status != OK {
			continue
		}
		if line := benchLine(run, r, metrics[r.Cell.Workload]); len(line.Values) > 0 {
			if err := out.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// WriteBenchFile writes bench.txt of the run in dir, whole or not at all.
func WriteBenchFile(dir string, run *Run, records []Record) error {
	var text bytes.Buffer
	err := WriteBench(&text, run, records)
	if err == nil {
		err = writeFile(filepath.Join(dir, BenchFile), text.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", BenchFile, err)
	}
	return nil
}

func benchLine(run *Run, r Record, metrics []Metric) *benchfmt.Result {
	line := &benchfmt.Result{
		Name:  benchfmt.Name(r.Cell.BenchName() + scaleDimension(r.Scale)),
		Iters: 1,
	}
	for _, key := range [][2]string{{"goos", run.Machine.OS}, {"goarch", run.Machine.Arch}, {"cpu", run.Machine.CPU}} {
		if key[1] != "" {
			line.Config = append(line.Config, benchfmt.Config{Key: key[0], Value: []byte(plain(key[1])), File: true})
		}
	}
	for _, m := range metrics {
		if value, ok := r.Values[m.Name]; ok {
			line.Values = append(line.Values, benchfmt.Value{Value: value, Unit: m.Name})
		}
	}
	return line
}

// scaleDimension keeps scaled durations apart from real ones: it stands in the
// name, so that no tool takes the one for the other.
func scaleDimension(scale float64) string {
	if scale == 1 {
		return ""
	}
	return "/scale=" + escape(strconv.FormatFloat(scale, 'g', -1, 64))
}

// writeUnits declares every metric once. A unit has one meaning in a file, so
// two workloads that share one must agree on it.
func writeUnits(out *benchfmt.Writer, workloads []WorkloadInfo) error {
	seen := map[string]Metric{}
	for _, w := range workloads {
		for _, m := range w.Metrics {
			if old, ok := seen[m.Name]; ok {
				if old.Better != m.Better || old.Exact != m.Exact {
					return fmt.Errorf("the metric %s of %s is declared otherwise by another workload", m.Name, w.Name)
				}
				continue
			}
			seen[m.Name] = m
			if err := writeUnit(out, m); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeUnit(out *benchfmt.Writer, m Metric) error {
	declare := func(key, value string) error {
		return out.Write(&benchfmt.UnitMetadata{
			UnitMetadataKey: benchfmt.UnitMetadataKey{Unit: m.Name, Key: key}, OrigUnit: m.Name, Value: value})
	}
	if m.Better == Lower || m.Better == Higher {
		if err := declare("better", string(m.Better)); err != nil {
			return err
		}
	}
	if m.Exact {
		return declare("assume", "exact")
	}
	return nil
}

// plain keeps line ends, and whatever else a terminal or a reader of lines would
// take for more than text, out of the file.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return '?'
	}, s)
}

func (run *Run) versionText() string {
	if run.Dirty {
		return run.Version + " (changed)"
	}
	return run.Version
}
