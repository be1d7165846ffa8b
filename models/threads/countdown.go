package threads

import "time"

// A countdown is the timeout of a wait that is made of several.
type countdown struct {
	timeout  time.Duration // forever, or at least 0
	deadline time.Time
}

func newCountdown(timeout time.Duration) countdown {
	c := countdown{timeout: timeout}
	if timeout > 0 {
		c.deadline = time.Now().Add(timeout)
	}
	return c
}

// left is the timeout of the next wait: forever, or at least 0.
func (c countdown) left() time.Duration {
	if c.timeout <= 0 {
		return c.timeout
	}
	return max(time.Until(c.deadline), 0)
}

func (c countdown) over() bool { return c.left() == 0 }
