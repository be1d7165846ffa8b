package reports

import (
	"fmt"
	"time"

	"concbench/results"
)

func blockingStops(d *data) []Evidence {
	var all []Evidence
	for _, c := range d.where("Spinner", results.Param{Name: "kind", Value: "blocking"}) {
		gap, slow := paired2(c, longestGap, slowTime)
		if len(gap) == 0 {
			continue
		}
		text := c.Arm() + ": a gap or a slow call is not above zero, so there is no ratio" + scaleNote(c)
		judged := NoRatio
		if share, err := d.compareValues(gap, slow); err == nil {
			u := unitOf(longestGap)
			text = fmt.Sprintf("%s: the longest gap lasts %s of the slow call (%s), %s of %s%s%s", c.Arm(), digits(share.Ratio, 3),
				bounds(share.Interval, share.Ratio, share.N, plain), u.format(share.over), u.format(share.under), share.note(), scaleNote(c))
			judged = above(share.Interval, 0.9)
		}
		if c.Model != "coroutine" {
			judged = aside
		}
		all = append(all, Evidence{text, len(gap), judged})
	}
	return all
}

// scaleNote is all that a sentence about one kind of the spinner must add.
func scaleNote(c *cellData) string {
	if c.scale == 1 {
		return ""
	}
	return ", " + scaleText(c.scale)
}

// paired2 returns two metrics of one cell by round.
func paired2(c *cellData, first, second string) (x, y []float64) {
	if c.refused() {
		return nil, nil
	}
	for _, r := range c.trials {
		a, okA := r.Values[first]
		b, okB := r.Values[second]
		if okA && okB {
			x, y = append(x, a), append(y, b)
		}
	}
	return x, y
}

func keepsTurning(d *data) []Evidence {
	var all []Evidence
	for _, c := range d.where("Spinner", results.Param{Name: "kind", Value: "sleep"}) {
		s := c.summary(longestGap)
		frame, err := time.ParseDuration(c.Params.Get("frame"))
		if s.N == 0 || err != nil {
			continue
		}
		judged := aside
		if c.Model == "coroutine" || c.Model == "threads" {
			judged = below(s.Interval, 1.5*frame.Seconds())
		}
		text := fmt.Sprintf("%s: longest gap %s (%s), a frame is %v%s",
			c.Arm(), inSeconds.format(s.Median), bounds(s.Interval, s.Median, s.N, inSeconds), frame, scaleNote(c))
		all = append(all, Evidence{text, s.N, judged})
	}
	return all
}
