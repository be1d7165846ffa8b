package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// findVerb is the verb that the arguments name; the command itself if they name none.
func findVerb(root *cobra.Command, args []string) (*cobra.Command, error) {
	cmd, rest, err := root.Find(args)
	if err != nil {
		return nil, usageError{err}
	}
	if !cmd.HasSubCommands() {
		return cmd, nil
	}
	for _, arg := range rest {
		if !strings.HasPrefix(arg, "-") {
			return nil, noSuchVerb(cmd, []string{arg})
		}
	}
	return cmd, nil
}

func noSuchVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{fmt.Errorf("no verb %q; see: %s -help", args[0], cmd.CommandPath())}
}

// newHelp is cobra's own verb, but for names that no verb has.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Say what the command, or a verb, does",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{errors.New("help: want one verb; see: bench -help")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			verb, err := findVerb(cmd.Root(), args)
			if err != nil {
				return err
			}
			return verb.Help()
		},
	}
}

// addOwnVerbs adds the verbs that cobra has by itself, in the manner of ours.
func addOwnVerbs(root *cobra.Command, args []string) {
	root.SetHelpCommand(newHelp())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd(args...)
	for _, verb := range root.Commands() {
		if verb.Name() != "completion" {
			continue
		}
		for _, shell := range verb.Commands() {
			shell.Args = arguments()
		}
	}
}

// isCompletion tells whether a shell asks how a line can be completed: cobra has
// verbs for that which are not there until it runs them.
func isCompletion(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}
