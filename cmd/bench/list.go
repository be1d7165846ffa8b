package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"concbench/measure"
	"concbench/models/registry"
	"concbench/workloads"
	"concbench/workloads/demo"
)

func newList() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List workloads with their parameters and metrics, models, profiles and demos",
		Example: "  bench list",
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return list(cmd.OutOrStdout())
		},
	}
}

func list(w io.Writer) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "Models (-model, -options):")
	for _, e := range registry.All {
		fmt.Fprintf(tab, "  %s\t%s\n", e.Name, e.Doc)
	}
	fmt.Fprintln(tab, "\nProfiles (-profile):")
	for _, p := range measure.Profiles() {
		fmt.Fprintf(tab, "  %s\t%s\n", p.Name, p.Doc)
	}
	fmt.Fprintln(tab, "\nDemos (bench demo NAME):")
	for _, d := range demo.All {
		fmt.Fprintf(tab, "  %s\t%s\n", d.Name, d.Doc)
	}
	fmt.Fprintln(tab, "\nWorkloads (-workload, -param):")
	for _, workload := range workloads.All {
		fmt.Fprintf(tab, "  %s\t%s\n", workload.Name, workload.Doc)
		for _, p := range workload.Params {
			fmt.Fprintf(tab, "    %s=%s\t%s\n", p.Name, p.Default, p.Doc)
		}
		var metrics []string
		for _, m := range workload.Metrics {
			metrics = append(metrics, m.Name)
		}
		fmt.Fprintf(tab, "    measures\t%s\n", strings.Join(metrics, ", "))
	}
	return tab.Flush()
}
