package workloads

import (
	"fmt"
	"time"

	"concbench/models"
	"concbench/results"
)

// downloads are all pages of a trial.
type downloads struct {
	pages    []pageGot
	real     bool // from sites that are not ours
	connect  func(models.Task, target) (reply, error)
	together int              // pages that may be under way at once
	room     models.Semaphore // a permit for each of them
	ledger   ledger
	out      printer // a line for each page as it arrives
}

// A pageGot is a page with what its task alone writes.
type pageGot struct {
	target
	stay                // from the permit to the end of the page
	delay time.Duration // before which it cannot come
	reply reply
}

func newDownloads(t *Trial, all []target) *downloads {
	d := &downloads{
		pages:    make([]pageGot, len(all)),
		real:     len(t.URLs) > 0,
		connect:  native,
		together: together(t.Params, len(all)),
		out:      printer{out: t.output()},
	}
	if t.Params.String("form") == "executor" {
		d.connect = executor
	}
	for i := range all {
		d.pages[i].target, d.pages[i].name = all[i], fmt.Sprint("page ", i)
	}
	if !d.real {
		for i, delay := range pageSet(t).Delays() {
			d.pages[i].delay = delay
		}
	}
	return d
}

func (d *downloads) get(t models.Task, p *pageGot) error {
	if err := d.room.Acquire(t); err != nil {
		return err
	}
	defer d.room.Release(t)
	p.begin()
	r, err := d.connect(t, p.target)
	p.end()
	if err != nil {
		return fmt.Errorf("getting %s: %w", p.url, err)
	}
	r.took = p.ended.Sub(p.began)
	p.reply = r
	d.out.line(fmt.Sprintf("%s: %s", p.url, r))
	return nil
}

// work also refuses a page that came before the server can have sent it.
func (d *downloads) work(traits models.Traits, whole stretch) results.Work {
	var stays []*stay
	var sums []string
	for i := range d.pages {
		p := &d.pages[i]
		stays = append(stays, &p.stay)
		d.ledger.created.Add(int64(p.runs))
		if p.reply.status == 0 {
			continue
		}
		if p.reply.took < p.delay {
			d.ledger.fault("%s came after %v, and the server sends it after %v", p.name, p.reply.took, p.delay)
		}
		d.ledger.finished.Add(1)
		d.ledger.messages.Add(1)
		if !d.real {
			d.ledger.bytes.Add(p.reply.bytes)
			sums = append(sums, pageSum(i, p.reply.sum))
		}
	}
	d.ledger.inspect(traits, whole, d.together, stays...)
	if d.real {
		return d.ledger.work("")
	}
	return d.ledger.work(checksum(sums...))
}

func (d *downloads) report(t *Trial, makespan time.Duration) error {
	var sum, slowest time.Duration
	for i := range d.pages {
		took := d.pages[i].reply.took
		sum, slowest = sum+took, max(slowest, took)
	}
	t.set("makespan-sec", makespan.Seconds())
	t.set("slowest-page-sec", slowest.Seconds())
	t.set("mean-page-sec", sum.Seconds()/float64(len(d.pages)))
	t.set("x-slowest", makespan.Seconds()/slowest.Seconds())
	return d.out.err
}
