package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each mistake gets one line that says what is wrong and what there is, and
// the documented exit status.
func TestMistakes(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	empty := write("empty", "# nothing\n\n")
	someURL := write("good", "https://example.org/\n")
	many := write("many", strings.Repeat("http://example.org/\n", 1001))
	long := write("long", "\n"+strings.Repeat("x", 1<<17))
	noURL := write("bad", "https://example.org/\nftp://example.org/\n")

	for _, c := range []struct {
		args   string
		status int
		want   string // a part of the line
	}{
		{"fly", 2, `no verb "fly"`},
		{"fly -help", 2, `no verb "fly"`},
		{"fly -h", 2, `no verb "fly"`},
		{"-h fly", 2, `no verb "fly"`},
		{"help fly", 2, `no verb "fly"`},
		{"help run report", 2, "want one verb"},
		{"completion fly", 2, "fly"},
		{"completion bash fly", 2, "fly"},
		{"run -fly", 2, "no flag -fly; see: bench run -help"},
		{"run now", 2, `run: want no arguments, got ["now"]`},
		{"run -profile slow", 2, `no profile "slow"; there are: quick, bench, full`},
		{"run -workload Sweep", 2, `no workload "Sweep"`},
		{"run -model fibres", 2, `no model "fibres"`},
		{"run -model asyncio", 2, `no model "asyncio"; here it is called coroutine`},
		{"run -model Threading/gil=off", 2, "here it is called threads"},
		{"run -model go", 2, "here it is called goroutine"},
		{"run -model goroutines", 2, "here it is called goroutine"},
		{"demo sleep -model asyncio", 2, "here it is called coroutine"},
		{"run -model threads/gil=maybe", 2, "gil=maybe"},
		{"run -rounds -1", 2, "-1 rounds"},
		{"run -rounds many", 2, `-rounds "many": want a whole number; see`},
		{"run -seed -1", 2, `-seed "-1": want a whole number from 0`},
		{"run -scale", 2, "-scale needs a value"},
		{"run -scale 0.0000000001x", 2, `-scale "0.0000000001x": want a number`},
		{"run -scale -2", 2, "scale -2"},
		{"run -scale NaN", 2, "scale NaN"},
		{"run -rounds 10000", 2, "at most 50000"},
		{"run -workload Factorial -param numbers=" + strings.Repeat("2,", 300) + "2", 2, "at most 512"},
		{"run -urls " + many, 2, ":1001: more than 1000 addresses"},
		{"run -profile=", 2, "-profile is empty"},
		{"run -workload=", 2, "-workload is empty"},
		{"run -model= -model=threads", 2, "-model is empty"},
		{"run -param=", 2, "-param is empty"},
		{"demo sleep -model=", 2, "-model is empty"},
		{"demo sleep -options=", 2, "-options is empty"},
		{"demo sleep -form=", 2, "-form is empty"},
		{"serve -listen=", 2, "-listen is empty"},
		{"compare -filter= one two", 2, "-filter is empty"},
		{"run -scale 0", 2, "-scale 0: want 0.0001 to 100"},
		{"run -scale 1e12", 2, "want 0.0001 to 100"},
		{"run -scale 0.00001", 2, "want 0.0001 to 100"},
		{"run -rounds 0", 2, "-rounds 0: want at least 1"},
		{"run -param via", 2, "want NAME=VALUE"},
		{"run -param via=teleport -workload Switch", 2, "via=teleport"},
		{"run -param via=yield -param via=yield", 2, "given twice"},
		{"run -param nonesuch=1", 2, "nonesuch"},
		{"run -urls missing", 2, "missing"},
		{"run -urls " + long, 2, ":2: the line is longer"},
		{"run -urls " + empty, 2, "has no address"},
		{"run -urls " + noURL, 2, `:2: "ftp://example.org/"`},
		{"run -workload Sleep -urls " + someURL, 2, "real sites are for Download"},
		{"run -resume=", 2, "-resume is empty"},
		{"run -out=", 2, "-out is empty"},
		{"run -resume missing", 2, "missing"},
		{"run -resume . -seed 1", 2, "leave out -seed"},
		{"run -workload Sleep -model coroutine/procs=1", 2, "procs=1"},
		{"run -workload Switch -param cpu=cross -model coroutine", 2, "Switch cannot run under coroutine: coroutine keeps all tasks on one thread"},
		{"run -workload Memory -model serial", 2, "Memory cannot run under serial: "},
		{"run -workload Memory -workload Sleep -model serial", 2, "Memory cannot run under serial: "},
		{"run -workload Sleep -model Threads/gil=maybe", 2, "gil=maybe"},
		{"run -workload Factorial -param form=steps -param numbers=30", 2, "try numbers=2,3,4"},
		{"report", 2, "report: want RUN, got nothing"},
		{"report missing", 2, "missing"},
		{"report .", 2, "not a run: . has no run.json"},
		{"report " + empty, 2, "is a file"},
		{"compare one", 2, `compare: want OLD and NEW, got ["one"]`},
		{"compare missing other", 2, "missing"},
		{"compare -filter model: one other", 2, "filter \"model:\""},
		{"demo", 2, "there are: sleep, download"},
		{"demo dance", 2, `no demo "dance"`},
		{"demo sleep -model fibres", 2, `no model "fibres"`},
		{"demo sleep -model threads -options gil=maybe", 2, "gil=maybe"},
		{"demo sleep -scale -1", 2, "scale"},
		{"demo sleep -form upside-down", 2, "upside-down"},
		{"serve -listen nowhere:http:80", 2, "-listen"},
		{"serve now", 2, "want no arguments"},
	} {
		var out, errs bytes.Buffer
		status := run(strings.Fields(c.args), &out, &errs)
		line := errs.String()
		if status != c.status || !strings.Contains(line, c.want) {
			t.Errorf("bench %s: status %d, %q; want %d and %q", c.args, status, line, c.status, c.want)
		}
		if strings.Count(line, "\n") != 1 || !strings.HasPrefix(line, "bench: ") {
			t.Errorf("bench %s: want one line that begins with bench:, got %q", c.args, line)
		}
		if out.Len() > 0 {
			t.Errorf("bench %s: printed %q on standard output", c.args, out.String())
		}
	}
	if left, _ := filepath.Glob("bench-out*"); left != nil {
		t.Errorf("mistakes left %v behind", left)
	}
}

func TestGoStyle(t *testing.T) {
	for given, want := range map[string]string{
		"run -scale 0.1":    "run --scale 0.1",
		"run --scale=0.1":   "run --scale=0.1",
		"run -scale -1":     "run --scale -1",
		"-h":                "-h",
		"-help":             "--help",
		"demo -- -not-flag": "demo -- -not-flag",
		"- -1.5 --":         "- -1.5 --",
	} {
		if got := strings.Join(goStyle(strings.Fields(given)), " "); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}
