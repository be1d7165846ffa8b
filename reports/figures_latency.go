package reports

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/HdrHistogram/hdrhistogram-go"

	"concbench/reports/charts"
	"concbench/stats"
)

// spectrum has one curve a cell over the percentiles of a histogram. The
// metric of its definition is the histogram's name.
func (d *data) spectrum(def chartDef, cells []*cellData) (charts.Chart, []int) {
	var counts []int
	chart := charts.Lines{Title: def.title,
		X: charts.Axis{Label: "percentile", Quantiles: true},
		Y: charts.Axis{Label: "lateness, logarithmic", Log: def.log, Unit: inSeconds.Unit}}
	for _, c := range cells {
		histograms := c.histograms(def.metric)
		if len(histograms) == 0 {
			continue
		}
		label := c.Arm()
		if note := d.heading(c, cells); note != "" {
			label += "\n" + note
		}
		chart.Curves = append(chart.Curves, charts.Curve{Arm: c.Arm(), Label: label, Bare: true, Points: percentiles(histograms)})
		counts = append(counts, len(histograms))
	}
	return chart, counts
}

// histograms are those of the cell's trials that can be read.
func (c *cellData) histograms(name string) []*hdrhistogram.Histogram {
	if c.refused() {
		return nil
	}
	var all []*hdrhistogram.Histogram
	for _, r := range c.trials {
		if text, ok := r.Histograms[name]; ok {
			if h, err := decode(text); err == nil && h.TotalCount() > 0 {
				all = append(all, h)
			}
		}
	}
	return all
}

// decode reads a histogram from a journal. The library panics on some that are
// damaged, and that must not end a report.
func decode(text string) (h *hdrhistogram.Histogram, err error) {
	defer func() {
		if p := recover(); p != nil {
			h, err = nil, fmt.Errorf("histogram cannot be read: %v", p)
		}
	}()
	if err := plausible(text); err != nil {
		return nil, fmt.Errorf("histogram cannot be read: %w", err)
	}
	h, err = hdrhistogram.Decode([]byte(text))
	if err == nil && h == nil {
		err = fmt.Errorf("histogram cannot be read: it is empty")
	}
	return h, err
}

// plausible looks at the head of a V2 histogram before the library believes it:
// a damaged one may ask for any amount of memory or time.
func plausible(text string) error {
	const compressedHead, most = 8, 1 << 24 // bytes
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return err
	}
	if len(raw) < compressedHead {
		return io.ErrUnexpectedEOF
	}
	z, err := zlib.NewReader(bytes.NewReader(raw[compressedHead:]))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(io.LimitReader(z, most))
	if err != nil {
		return err
	}
	var head struct {
		Cookie, Length, Offset, Digits int32
		Lowest, Highest                int64
	}
	if err := binary.Read(bytes.NewReader(body), binary.BigEndian, &head); err != nil {
		return err
	}
	if len(body) == most || head.Length < 0 || int(head.Length) > len(body) || head.Offset != 0 ||
		head.Digits < 1 || head.Digits > 5 || head.Lowest < 1 || head.Highest < 2*head.Lowest || head.Highest > 1<<50 {
		return errors.New("its head is damaged")
	}
	return nil
}

// percentiles takes each percentile of each process, and of these the median
// with its interval. It goes no further than ten values from the end.
func percentiles(histograms []*hdrhistogram.Histogram) []charts.Point {
	fewest := int64(math.MaxInt64)
	for _, h := range histograms {
		fewest = min(fewest, h.TotalCount())
	}
	end := max(math.Log10(2), math.Log10(float64(fewest)/10))
	const steps = 240
	var points []charts.Point
	for i := range steps + 1 {
		q := 1 - math.Pow(10, -end*float64(i)/steps)
		values := make([]float64, len(histograms))
		for j, h := range histograms {
			values[j] = float64(h.ValueAtQuantile(100*q)) * 1e-9
		}
		s := stats.Summarise(values)
		points = append(points, charts.Point{X: q, Y: s.Median, Lo: s.Lo, Hi: s.Hi})
	}
	return points
}
