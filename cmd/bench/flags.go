package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// goStyle lets flags be written as Go's own tools write them, with one dash:
// -scale 0.1 becomes --scale 0.1. Single letters, numbers and everything after
// "--" stay as they are.
func goStyle(args []string) []string {
	var out []string
	for i, a := range args {
		if a == "--" {
			return append(out, args[i:]...)
		}
		if len(a) > 2 && a[0] == '-' && isLetter(a[1]) {
			a = "-" + a
		}
		out = append(out, a)
	}
	return out
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// keyValues reads "via=yield" pairs.
func keyValues(pairs []string) (map[string]string, error) {
	m := map[string]string{}
	for _, pair := range pairs {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return nil, fmt.Errorf("-param %q: want NAME=VALUE, such as via=yield", pair)
		}
		if _, twice := m[key]; twice {
			return nil, fmt.Errorf("-param %s is given twice", key)
		}
		m[key] = value
	}
	return m, nil
}

// arguments makes a check that a verb has exactly the named arguments.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return noEmptyArguments(cmd, names, args)
		}
		want := "no arguments"
		if len(names) > 0 {
			want = strings.Join(names, " and ")
		}
		return usageError{fmt.Errorf("%s: want %s, got %s; see: %s -help", cmd.Name(), want, quoted(args), cmd.CommandPath())}
	}
}

func noEmptyArguments(cmd *cobra.Command, names, args []string) error {
	for i, arg := range args {
		if arg == "" {
			return usageError{fmt.Errorf("%s: %s is empty; see: %s -help", cmd.Name(), names[i], cmd.CommandPath())}
		}
	}
	return nil
}

// noEmptyFlags refuses a flag with nothing as its value, as from a variable of a
// shell that is not set: no flag has a meaning for it.
func noEmptyFlags(cmd *cobra.Command, _ []string) (err error) {
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		values := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		if err == nil && slices.Contains(values, "") {
			err = usageError{fmt.Errorf("-%s is empty: give it a value, or leave it out; see: %s -help", flag.Name, cmd.CommandPath())}
		}
	})
	return err
}

func quoted(args []string) string {
	if len(args) == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%q", args)
}

// plainly says what is wrong with a flag in the words of this command, not in
// those of the packages that read it.
func plainly(err error) string {
	var (
		value   *pflag.InvalidValueError
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
	)
	switch {
	case errors.As(err, &value):
		return fmt.Sprintf("-%s %q: want %s", value.GetFlag().Name, value.GetValue(), wanted(value.GetFlag()))
	case errors.As(err, &unknown):
		return fmt.Sprintf("no flag -%s", unknown.GetSpecifiedName())
	case errors.As(err, &missing):
		return fmt.Sprintf("-%s needs a value", missing.GetSpecifiedName())
	}
	return err.Error()
}

func wanted(flag *pflag.Flag) string {
	switch flag.Value.Type() {
	case "int":
		return "a whole number"
	case "uint64":
		return "a whole number from 0 to 18446744073709551615"
	case "float64":
		return "a number, such as 0.1"
	case "bool":
		return "true or false"
	}
	return "a " + flag.Value.Type()
}
