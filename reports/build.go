package reports

import (
	"bytes"
	"fmt"
	"path/filepath"

	"github.com/google/renameio/v2"

	"concbench/reports/charts"
	"concbench/results"
)

// PageName is the page of a run.
const PageName = results.PageName

// Build writes the report of a run, complete or partial, into dir: report.html,
// and each chart as a PNG and an SVG. A chart that would say nothing, since its
// values are all the same, is a sentence on the page instead. Each file is written whole or not at all,
// the page last. A report of no records says so.
func Build(dir string, run results.Run, records []results.Record) error {
	d := arrange(run, records, nil)
	var drawings []drawing
	var silent []figure
	for _, f := range d.figures() {
		if f.Sentence != "" {
			silent = append(silent, f)
			continue
		}
		drawn, err := draw(dir, f)
		if err != nil {
			return err
		}
		drawings = append(drawings, *drawn)
	}
	var overview *drawing
	if o, ok := d.overview(); ok {
		drawn, err := draw(dir, figure{chartDef: chartDef{file: overviewFile, title: o.Title}, Chart: o})
		if err != nil {
			return err
		}
		overview = drawn
	}
	var text bytes.Buffer
	if err := d.page(dir, drawings, silent, overview).write(&text); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, PageName), text.Bytes())
}

// draw renders a chart and writes its files.
func draw(dir string, f figure) (*drawing, error) {
	images, err := charts.Render(f.file, f.Chart)
	if err != nil {
		return nil, err
	}
	for name, content := range map[string][]byte{f.file + ".png": images.PNG, f.file + ".svg": images.SVG} {
		if err := writeFile(filepath.Join(dir, name), content); err != nil {
			return nil, err
		}
	}
	return &drawing{f, images}, nil
}

func writeFile(path string, content []byte) error {
	if err := renameio.WriteFile(path, content, 0o644, renameio.IgnoreUmask()); err != nil {
		return fmt.Errorf("write %s into %s: %w", filepath.Base(path), filepath.Dir(path), err)
	}
	return nil
}
