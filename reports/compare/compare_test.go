package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// writeRun writes a file of results that has all that tables must cope with:
// changes and none, exact counts that vary and that do not, few samples, zeros,
// and rows that only this run has.
func writeRun(t *testing.T, name string, seed uint64, by float64) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	b.WriteString("goos: linux\ngoarch: amd64\n\nUnit sec/switch better=lower\nUnit wakes-out-of-order assume=exact\n")
	for i := range 12 {
		for _, model := range []string{"coroutine", "threads", "goroutine"} {
			fmt.Fprintf(&b, "BenchmarkSwitch/model=%s/via=yield 1 %v sec/switch %v switches/switch\n",
				model, 93e-9*by*math.Exp(0.02*rng.NormFloat64()), rng.Float64())
			fmt.Fprintf(&b, "BenchmarkMemory/model=%s/tasks=1000 1 %v parked-bytes\n", model, math.Round(3e6*math.Exp(0.02*rng.NormFloat64())))
			fmt.Fprintf(&b, "BenchmarkSleep/model=%s 1 5.0%d makespan-sec 0 overlap %d wakes-out-of-order\n", model, i, i/11*int(seed-1))
		}
	}
	fmt.Fprintf(&b, "BenchmarkOnly/model=threads/in=%s 1 4 sec/switch\n", name)
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// numbers are the rows of benchstat's tables as words: what is drawn between them,
// the geometric means, and the marks of footnotes are left out.
func numbers(text string) []string {
	var rows []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.Map(func(r rune) rune {
			if strings.ContainsRune("│⁰¹²³⁴⁵⁶⁷⁸⁹", r) {
				return ' '
			}
			return r
		}, line)
		fields := strings.Fields(line)
		if len(fields) > 1 && strings.ContainsAny(fields[0], "/") && slices.Contains(fields, "±") {
			rows = append(rows, strings.Join(fields, " "))
		}
	}
	slices.Sort(rows)
	return rows
}

// asBenchstat are the rows of our tables as benchstat would write them. Where all
// values are equal, or zero is a base, it says "~", "0.00%" or "?".
func asBenchstat(b *builder) []string {
	var rows []string
	for _, key := range sorted(b.keys()) {
		g := b.grid(b.tables[key], new(footnotes))
		for _, r := range slices.Concat(g.rows, g.same) {
			if !strings.Contains(r.name, "/") { // which numbers cannot tell from other lines
				continue
			}
			words := []string{r.name}
			for _, c := range r.cells {
				if strings.Contains(c.spread, "..") {
					c.spread = "?"
				}
				if c.center == "" {
					continue
				}
				words = append(words, c.center, "±", c.spread)
				switch c.kind {
				case equal:
					words = append(words, "~", fmt.Sprintf("(p=1.000 n=%d)", samples))
				case exactEqual:
					words = append(words, "0.00%", fmt.Sprintf("(n=%d)", samples))
				default:
					words = append(words, c.delta, c.test)
				}
			}
			rows = append(rows, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
		}
	}
	slices.Sort(rows)
	return rows
}

// samples are the values of each row of [writeRun] that both runs have.
const samples = 12

func benchstat(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"tool", "benchstat"}, args...)...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 { // it exits 0 on errors
		t.Fatalf("benchstat: %v: %s", err, &stderr)
	}
	return string(out)
}

func TestNumbersAreThoseOfBenchstat(t *testing.T) {
	before, after := writeRun(t, "old", 1, 1), writeRun(t, "new", 2, 1.05)
	for _, test := range []struct {
		options Options
		args    []string
	}{
		{Options{}, nil},
		{Options{ByModel: true}, []string{"-table", ".file,.config", "-col", "/model"}},
		{Options{Filter: "/model:threads", Alpha: 0.5}, []string{"-filter", "/model:threads", "-alpha", "0.5"}},
	} {
		want := numbers(benchstat(t, append(test.args, before, after)...))
		if len(want) < 4 {
			t.Fatalf("%v: benchstat printed %d rows", test.args, len(want))
		}
		b, err := collect(before, after, test.options)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, asBenchstat(b)); diff != "" {
			t.Errorf("%v: -benchstat +ours\n%s", test.args, diff)
		}
	}
}

func TestRowsOfOneRunAndWarningsAreListed(t *testing.T) {
	before, after := writeRun(t, "old", 1, 1), writeRun(t, "new", 2, 1.05)
	f, err := os.OpenFile(after, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(f, "BenchmarkCut/model=threads 1 3")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	if err := Runs(&got, before, after, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"not in new: Only (in=old)\n",
		"not in old: Only (in=new)\n",
		"need >= 6 samples for confidence interval",
		"exact distribution expected",
		"warning: " + after,
		"~ (p=",
		"+",
		" undecided (~",
	} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("no %q in\n%s", want, got.String())
		}
	}
}

func TestARunComparedWithItselfHasNoChange(t *testing.T) {
	run := writeRun(t, "old", 1, 1)
	var got strings.Builder
	if err := Runs(&got, run, run, Options{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.String(), "0 changed") {
		t.Errorf("%s", got.String())
	}
}

func TestBadInputIsOneLine(t *testing.T) {
	good := writeRun(t, "old", 1, 1)
	other := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(other, []byte("BenchmarkOther/model=threads 1 2 sec/switch\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("no benchmark\x00\x1b[2J\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		path    string
		options Options
		want    string
	}{
		"missing":   {filepath.Join(t.TempDir(), "none"), Options{}, "no such file"},
		"no run":    {t.TempDir(), Options{}, "neither bench.txt nor run.json"},
		"no result": {empty, Options{}, "holds no benchmark results"},
		"filter":    {good, Options{Filter: "model:"}, "filter"},
		"no match":  {good, Options{Filter: "/model:none"}, "leaves no results of " + good + ", whose first of"},
		"strangers": {other, Options{}, "benchmark: Memory, Only, Sleep, Switch in old, Other in new"},
		"alpha":     {good, Options{Alpha: 2}, "alpha"},
		"not a p":   {good, Options{Alpha: math.NaN()}, "alpha"},
	} {
		var out strings.Builder
		err := Runs(&out, good, test.path, test.options)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one line with %q", name, err, test.want)
		}
		if out.Len() > 0 {
			t.Errorf("%s: something was written before the error:\n%s", name, &out)
		}
	}
}

func FuzzRuns(f *testing.F) {
	f.Add("BenchmarkA/model=x 1 2 ns/op\n")
	f.Add("Unit ns/op assume=exact\nBenchmarkA 1 NaN ns/op\nBenchmarkA 1 +Inf ns/op -1 B/op\n")
	f.Add("key: value\nBenchmark\x1b 1 0 x\n")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "bench.txt")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := Runs(&out, path, path, Options{}); err == nil && strings.ContainsRune(out.String(), '\x1b') {
			t.Errorf("an escape sequence was passed on: %q", out.String())
		}
	})
}
