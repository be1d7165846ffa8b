package main

import (
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"concbench/internal/pages"
)

func newServe() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the pages that Download fetches, alone",
		Long: `serve answers with pages of seeded size after a seeded delay, as in a run.
It listens on loopback unless told otherwise, and ends on Ctrl-C.`,
		Example: `  bench serve
  bench serve -listen 127.0.0.1:8080`,
		Args: arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := net.ResolveTCPAddr("tcp", listen); err != nil {
				return usageError{fmt.Errorf("serve: -listen %q: %w; want an address and a port, such as 127.0.0.1:8080", listen, err)}
			}
			l, err := net.Listen("tcp", listen)
			if err != nil {
				return fmt.Errorf("serve: %w; choose another address with -listen", err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "serving http://%s/\n", l.Addr())
			return pages.Serve(cmd.Context(), l)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:0", "address and port; port 0 takes a free one")
	return cmd
}
