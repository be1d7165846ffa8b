package threads

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

// MinInterval and MaxInterval bound the switch interval that New accepts. Below
// the lower one a waiter's timer costs more than the time it gives away.
const (
	MinInterval = 50 * time.Microsecond
	MaxInterval = 100 * time.Millisecond
)

// DefaultTicks is Python 2's check interval, in bytecodes, and MaxTicks the
// largest that New accepts.
const (
	DefaultTicks = 100
	MaxTicks     = 1_000_000
)

// A gilKind is which interpreter lock there is.
type gilKind string

const (
	gilOn    gilKind = "on"
	gilOff   gilKind = "off"
	gilTicks gilKind = "ticks"
)

// options are the settings of a model.
type options struct {
	gil      gilKind
	interval time.Duration
	ticks    int
}

// parseOptions reads key=value pairs separated by commas.
func parseOptions(text string) (options, error) {
	o := options{gil: gilOn, interval: DefaultInterval, ticks: DefaultTicks}
	err := models.ParseOptions(text, map[string]func(string) error{
		"gil":      o.setGIL,
		"interval": o.setInterval,
		"ticks":    o.setTicks,
	})
	if err != nil {
		return options{}, fmt.Errorf("threads: %w", err)
	}
	return o, nil
}

func (o *options) setGIL(value string) error {
	switch o.gil = gilKind(value); o.gil {
	case gilOn, gilOff, gilTicks:
		return nil
	}
	return errors.New("want on, off or ticks")
}

func (o *options) setInterval(value string) error {
	d, err := time.ParseDuration(value)
	if err != nil || d < MinInterval || d > MaxInterval {
		return fmt.Errorf("want a duration from %v to %v, such as 5ms or 500us", MinInterval, MaxInterval)
	}
	o.interval = d
	return nil
}

func (o *options) setTicks(value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > MaxTicks {
		return fmt.Errorf("want a number of checkpoints from 1 to %d", MaxTicks)
	}
	o.ticks = n
	return nil
}

// String gives the settings that differ from the defaults, in a fixed order and
// in ASCII, so that equal settings have equal names in results.
func (o options) String() string {
	var pairs []string
	if o.gil != gilOn {
		pairs = append(pairs, "gil="+string(o.gil))
	}
	if o.interval != DefaultInterval {
		pairs = append(pairs, "interval="+strings.Replace(o.interval.String(), "µ", "u", 1))
	}
	if o.ticks != DefaultTicks {
		pairs = append(pairs, "ticks="+strconv.Itoa(o.ticks))
	}
	return strings.Join(pairs, ",")
}
