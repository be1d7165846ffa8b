package reports

import (
	"fmt"
	"math"

	"github.com/HdrHistogram/hdrhistogram-go"

	"concbench/reports/charts"
	"concbench/stats"
)

// spectrum has one curve a cell over the percentiles of a histogram. The
// metric of its definition is the histogram's name.
func (d *data) spectrum(def chartDef, cells []*cellData) (charts.Chart, []int) {
	var counts []int
	chart := charts.Lines{Title: def.title, Quantiles: true,
		X: charts.Axis{Label: "percentile"},
		Y: charts.Axis{Label: "lateness, logarithmic", Log: def.log, Format: inSeconds.tick}}
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
	h, err = hdrhistogram.Decode([]byte(text))
	if err == nil && h == nil {
		err = fmt.Errorf("histogram cannot be read: it is empty")
	}
	return h, err
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
