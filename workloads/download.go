package workloads

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"time"

	"concbench/internal/pages"
	"concbench/models"
	"concbench/results"
)

var download = Workload{
	Name:       "Download",
	Doc:        "Tasks download a page each from a server in another process, and the bytes are checked.",
	NeedsPages: true,
	Params: []ParamDef{
		{Name: "pages", Default: "7", Doc: "pages of the page server", Check: intIn(1, pages.MaxPages)},
		{Name: "mean", Default: "475ms", Doc: "mean delay of the page server, before scaling", Check: durationIn(0, 10*time.Second)},
		{Name: "form", Default: "native", Doc: "native: connections of the model; executor: a blocking client inside Task.Block, whose pool may hold fewer threads than there are pages", Check: oneOf("native", "executor")},
		{Name: "together", Default: "all", Doc: "pages under way at once: all, or a number", Check: checkTogether},
	},
	Metrics: []results.Metric{
		{Name: "makespan-sec", Title: "time until all pages are there", Better: results.Lower},
		{Name: "slowest-page-sec", Title: "time of the slowest page", Better: results.Lower},
		{Name: "mean-page-sec", Title: "mean time of a page", Better: results.Lower},
		{Name: "x-slowest", Title: "makespan over the slowest page", Better: results.Lower},
	},
	Expect: expectDownload,
	Run:    runDownload,
	Typical: func(name string, p Params, scale float64) time.Duration {
		n := p.Int("pages")
		mean := time.Duration(float64(p.Duration("mean")) * scale)
		sum := time.Duration(n) * mean
		if name == "serial" {
			return sum
		}
		return 2*mean + sum/time.Duration(together(p, n))
	},
}

func checkTogether(s string) error {
	if s == "all" {
		return nil
	}
	if intIn(1, pages.MaxPages)(s) != nil {
		return fmt.Errorf("want all or a whole number from 1 to %d", pages.MaxPages)
	}
	return nil
}

// together is how many of n pages may be under way at once.
func together(p Params, n int) int {
	if p.String("together") == "all" {
		return n
	}
	k, err := strconv.Atoi(p.String("together"))
	if err != nil {
		panic("workloads: unchecked parameter together: " + err.Error())
	}
	return min(k, n)
}

func pageSet(t *Trial) pages.Set {
	return pages.Set{Seed: t.Seed, N: t.Params.Int("pages"), Mean: t.Params.Duration("mean"), Scale: t.Scale}
}

// expectDownload derives the bytes of all pages. Of real sites only their
// number is known.
func expectDownload(t *Trial) (results.Work, error) {
	if n := int64(len(t.URLs)); n > 0 {
		return results.Work{Created: n, Finished: n, Messages: n}, nil
	}
	set := pageSet(t)
	if err := set.Check(); err != nil {
		return results.Work{}, fmt.Errorf("workload Download: %w", err)
	}
	w := results.Work{Created: int64(set.N), Finished: int64(set.N), Messages: int64(set.N)}
	var sums []string
	for i := range set.N {
		w.Bytes += int64(set.Size(i))
		sums = append(sums, pageSum(i, set.Sum(i)))
	}
	w.Checksum = checksum(sums...)
	return w, nil
}

func pageSum(i int, sum [sha256.Size]byte) string { return fmt.Sprintf("page %d %x", i, sum) }

// targets are the URLs to get, in order.
func targets(t *Trial) ([]target, error) {
	if len(t.URLs) == 0 && t.Pages == "" {
		return nil, errors.New("workload Download: no address of a page server and no URLs: start one with bench serve, or give URLs")
	}
	urls := t.URLs
	if len(urls) == 0 {
		set := pageSet(t)
		for i := range set.N {
			urls = append(urls, "http://"+t.Pages+set.Path(i))
		}
	}
	var all []target
	for _, u := range urls {
		one, err := newTarget(u)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func runDownload(t *Trial) error {
	all, err := targets(t)
	if err != nil {
		return err
	}
	if len(t.URLs) > 0 {
		if err := reach(all); err != nil {
			return err
		}
	}
	d := newDownloads(t, all)
	var whole stretch
	err = t.Measure(func(main models.Task) error {
		whole.from = time.Now()
		d.room = main.NewSemaphore(d.together)
		var handles []models.Handle
		for i := range all {
			handles = append(handles, main.Start(d.pages[i].name, func(t models.Task) error { return d.get(t, &d.pages[i]) }))
		}
		err := models.JoinAll(main, handles...)
		whole.to = time.Now()
		return err
	})
	t.Work = d.work(t.Model.Traits(), whole)
	if err != nil {
		return err
	}
	return d.report(t, whole.length())
}
