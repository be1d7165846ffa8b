package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"concbench/internal/buildinfo"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Say which build this is",
		Example: "  bench version",
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			version, dirty := buildinfo.Version()
			if dirty {
				version += " (changed since)"
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "concbench %s, source %s, %s, %s/%s\n", version, buildinfo.Tree(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
