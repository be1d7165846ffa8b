package gil

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"concbench/models"
)

// DefaultInterval is CPython's switch interval: how long a thread that wants the
// interpreter lock leaves its holder alone before it asks for it.
const DefaultInterval = 5 * time.Millisecond

// MinInterval and MaxInterval bound the switch interval. Below MinInterval a waiter's
// timer costs more than the time that it gives away.
const (
	MinInterval = 50 * time.Microsecond
	MaxInterval = 100 * time.Millisecond
)

// DefaultTicks is Python 2's check interval, in bytecodes. MaxTicks is the largest
// that ParseOptions accepts.
const (
	DefaultTicks = 100
	MaxTicks     = 1_000_000
)

// A kind says which interpreter lock there is.
type kind string

const (
	on    kind = "on"
	off   kind = "off"
	ticks kind = "ticks"
)

// Options are the settings of a lock.
type Options struct {
	kind     kind
	interval time.Duration
	ticks    int // checkpoints
}

// ParseOptions reads key=value pairs separated by commas. An empty text means the
// defaults.
//
//	gil=on|off|ticks  on: one thread runs at a time, as in CPython 3.2 to 3.11.
//	                  off: free-threaded. ticks: as in Python 2.
//	interval=5ms      the switch interval under gil=on, from MinInterval to MaxInterval
//	ticks=100         how many checkpoints a thread keeps the lock for under gil=ticks,
//	                  up to MaxTicks
func ParseOptions(text string) (Options, error) {
	o := Options{kind: on, interval: DefaultInterval, ticks: DefaultTicks}
	err := models.ParseOptions(text, map[string]func(string) error{
		"gil":      o.setGIL,
		"interval": o.setInterval,
		"ticks":    o.setTicks,
	})
	if err != nil {
		return Options{}, fmt.Errorf("threads: %w", err)
	}
	return o, nil
}

func (o *Options) setGIL(value string) error {
	switch o.kind = kind(value); o.kind {
	case on, off, ticks:
		return nil
	}
	return errors.New("want on, off or ticks")
}

func (o *Options) setInterval(value string) error {
	d, err := time.ParseDuration(value)
	if err != nil || d < MinInterval || d > MaxInterval {
		return fmt.Errorf("want a duration from %v to %v, such as 5ms or 500us", MinInterval, MaxInterval)
	}
	o.interval = d
	return nil
}

func (o *Options) setTicks(value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > MaxTicks {
		return fmt.Errorf("want a number of checkpoints from 1 to %d", MaxTicks)
	}
	o.ticks = n
	return nil
}

// Parallel reports whether threads run at the same instant, for want of a lock.
func (o Options) Parallel() bool { return o.kind == off }

// String gives the settings that differ from the defaults, in a fixed order and in
// ASCII, so that equal settings have equal names in results.
func (o Options) String() string {
	var pairs []string
	if o.kind != on {
		pairs = append(pairs, "gil="+string(o.kind))
	}
	if o.interval != DefaultInterval {
		pairs = append(pairs, "interval="+strings.Replace(o.interval.String(), "µ", "u", 1))
	}
	if o.ticks != DefaultTicks {
		pairs = append(pairs, "ticks="+strconv.Itoa(o.ticks))
	}
	return strings.Join(pairs, ",")
}
