package trial

import (
	"context"
	"fmt"
	"io"
	"net"

	"concbench/internal/pages"
)

// serve serves pages on a free port of the loopback, says on out where, and
// ends with in: so it never outlives the run that started it.
func serve(in io.Reader, out io.Writer) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("find a port for the page server: %w", err)
	}
	if _, err := fmt.Fprintln(out, l.Addr()); err != nil {
		return fmt.Errorf("say where the page server is: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		// The end of the input is what counts, not how it came.
		_, _ = io.Copy(io.Discard, in)
		cancel()
	}()
	return pages.Serve(ctx, l)
}
