package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// grade runs every cell on both sides, rounds times. As each process ends, it prints a line
// in the Go benchmark format.
func grade(ctx context.Context, sides [sideCount]side, cells []*cell, rounds int, w io.Writer) error {
	for round := range rounds {
		for _, c := range cells {
			for turn := range sides {
				which := (turn + round) % sideCount
				got, err := sides[which].measure(ctx, c)
				if err != nil {
					return fmt.Errorf("%s under %s: %w", c.name, sideNames[which], err)
				}
				c.samples[which] = append(c.samples[which], got)
				if _, err := io.WriteString(w, benchLine(c, which, got)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// benchLine is a line for benchstat -col /lock.
func benchLine(c *cell, which int, got sample) string {
	var line strings.Builder
	fmt.Fprintf(&line, "Benchmark%s/lock=%s 1", c.name, sideNames[which])
	for _, m := range c.metrics {
		fmt.Fprintf(&line, " %s %s", strconv.FormatFloat(got[m.name], 'g', 5, 64), m.name)
	}
	line.WriteByte('\n')
	return line.String()
}
