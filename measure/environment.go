package measure

import (
	"os"
	"slices"
	"strings"

	"concbench/results"
)

// passed are the variables of the runner that a trial gets to see: those that
// change how a Go program runs, and which the run records. All others, with their
// varying length, stay out.
var passed = []string{"GOGC", "GOMEMLIMIT", "GODEBUG", "GOCOVERDIR"}

// passedForSites are without which https may not work. Only a trial that gets
// pages from real sites sees them.
var passedForSites = []string{"SSL_CERT_FILE", "SSL_CERT_DIR"}

// suspects are the beginnings of names of variables that would change how a
// program runs, so that whoever has set one may think that it does here.
var suspects = []string{"GOMAXPROCS", "GOTRACEBACK", "GORACE", "LD_", "MALLOC_", "GLIBC_TUNABLES"}

// environment is what a worker sees of the variables of the runner, with more.
func environment(names, more []string) []string {
	var env []string
	for _, entry := range os.Environ() {
		if name, _, ok := strings.Cut(entry, "="); ok && slices.Contains(names, name) {
			env = append(env, entry)
		}
	}
	// A crash is told in its first line; one stack is enough.
	return append(append(env, "GOTRACEBACK=single"), more...)
}

// environment is what a trial of this run sees.
func (r *Runner) environment() []string {
	if len(r.Plan.URLs) > 0 {
		return environment(slices.Concat(passed, passedForSites), r.Env)
	}
	return environment(passed, r.Env)
}

// variables are the values that an environment gives to the variables that
// change how a program runs, as settings: unset ones are said as what that means.
func variables(env []string) map[string]string {
	all := map[string]string{"GOGC": "100", "GOMEMLIMIT": "off", "GODEBUG": "none"}
	for _, entry := range env {
		name, value, _ := strings.Cut(entry, "=")
		if value != "" && (slices.Contains(passed, name) || slices.Contains(passedForSites, name)) {
			all[name] = value
		}
	}
	return all
}

// keptOut are the variables of the runner that somebody may think to reach the
// trials, and which do not.
func keptOut() []string {
	var list []string
	for _, entry := range os.Environ() {
		if slices.ContainsFunc(suspects, func(name string) bool { return strings.HasPrefix(entry, name) }) {
			list = append(list, results.Quoted(entry))
		}
	}
	slices.Sort(list)
	return list
}
