package threads

import (
	"errors"
	"fmt"
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

// options are the settings of a model.
type options struct {
	gilOff   bool
	interval time.Duration
}

// parseOptions reads key=value pairs separated by commas.
func parseOptions(text string) (options, error) {
	o := options{interval: DefaultInterval}
	err := models.ParseOptions(text, map[string]func(string) error{
		"gil":      o.setGIL,
		"interval": o.setInterval,
	})
	if err != nil {
		return options{}, fmt.Errorf("threads: %w", err)
	}
	return o, nil
}

func (o *options) setGIL(value string) error {
	if value != "on" && value != "off" {
		return errors.New("want on or off")
	}
	o.gilOff = value == "off"
	return nil
}

func (o *options) setInterval(value string) error {
	d, err := time.ParseDuration(value)
	if err != nil || d < MinInterval || d > MaxInterval {
		return fmt.Errorf("want a duration from %v to %v, such as 5ms or 500us", MinInterval, MaxInterval)
	}
	o.interval = d
	return nil
}

// String gives the settings that differ from the defaults, in a fixed order and
// in ASCII, so that equal settings have equal names in results.
func (o options) String() string {
	var pairs []string
	if o.gilOff {
		pairs = append(pairs, "gil=off")
	}
	if o.interval != DefaultInterval {
		pairs = append(pairs, "interval="+strings.Replace(o.interval.String(), "µ", "u", 1))
	}
	return strings.Join(pairs, ",")
}
