package demo

import (
	"bytes"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concbench/internal/pages"
	"concbench/models"
	"concbench/models/registry"
)

// scale leaves 50 ms of real time for what a demo calls a second.
const scale = 0.05

var pageServer = httptest.NewServer(pages.Handler())

func newStage(t *testing.T, model, form string) (*Stage, *bytes.Buffer) {
	t.Helper()
	m, err := registry.New(model, "")
	if err != nil {
		t.Fatal(err)
	}
	out := &bytes.Buffer{}
	return &Stage{Model: m, Out: out, Scale: scale, Form: form, Pages: pageServer.Listener.Addr().String()}, out
}

// TestLinesAndOrder compares what a demo prints with the files in testdata,
// under every model that can play it, in their order where the model has one.
// A blank line in a file stands between two instants.
func TestLinesAndOrder(t *testing.T) {
	tests := []struct{ demo, form, together, serial string }{
		{"sleep", "", "sleep.txt", "sleep-serial.txt"},
		{"download", "native", "download.txt", "download-serial.txt"},
		{"download", "executor", "download.txt", "download-serial.txt"},
		{"say-after", "tasks", "say-after.txt", "say-after.txt"},
		{"say-after", "sequential", "say-after.txt", "say-after.txt"},
		{"clock", "", "clock.txt", "clock.txt"},
		{"factorial", "", "factorial.txt", "factorial-serial.txt"},
		{"spinner", "", "spinner.txt", ""},
		{"timeout", "", "timeout.txt", ""},
	}
	for _, test := range tests {
		for _, model := range registry.Names() {
			file := test.together
			if model == "serial" {
				file = test.serial
			}
			if file == "" {
				continue
			}
			t.Run(test.demo+test.form+"/"+model, func(t *testing.T) {
				t.Parallel()
				compare(t, test.demo, test.form, model, file)
			})
		}
	}
}

func compare(t *testing.T, name, form, model, file string) {
	t.Helper()
	d, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	stage, out := newStage(t, model, form)
	if err := d.Run(stage); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	heading, got := body(out.String(), d.words[model] != "")
	if !strings.Contains(heading, "under "+model) || !strings.Contains(heading, "times 0.05") {
		t.Errorf("the heading does not say what is played: %q", heading)
	}
	want := strings.Split(strings.TrimSpace(string(text)), "\n")
	want = slices.DeleteFunc(want, isBlank)
	// The order is the scheduler's outside the loop, and on a busy machine not
	// even the instants are apart. Pages arrive within a few milliseconds of
	// each other at this scale.
	if model != "coroutine" && model != "serial" || name == "download" {
		slices.Sort(got)
		slices.Sort(want)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func isBlank(line string) bool { return line == "" }

var (
	elapsed   = regexp.MustCompile(`^ *\d+\.\d\d s  `)
	timeOfDay = regexp.MustCompile(`(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d`)
	page      = regexp.MustCompile(`http://[^:]*:\d+/page/(\d)\?\S+: 200 OK, (\d+) bytes in .*`)
	object1   = regexp.MustCompile(`<.*>`)
)

// body is the heading, and the lines after it without what differs each time.
// Turns of the bar are one line, however many there were.
func body(out string, words bool) (heading string, lines []string) {
	all := strings.Split(strings.TrimRight(out, "\n"), "\n")
	n := 1
	if words {
		n = 2
	}
	heading, all = strings.Join(all[:n], "\n"), all[n:]
	for _, line := range all {
		line = elapsed.ReplaceAllString(line, "")
		line = timeOfDay.ReplaceAllString(line, "TIME")
		line = page.ReplaceAllString(line, "page $1, $2 bytes")
		line = object1.ReplaceAllString(line, "OBJECT")
		if strings.HasSuffix(line, "thinking!") {
			line = "(bar)"
			if len(lines) > 0 && lines[len(lines)-1] == line {
				continue
			}
		}
		lines = append(lines, line)
	}
	return heading, lines
}

func TestSpinnerOnATerminal(t *testing.T) {
	stage, out := newStage(t, "goroutine", "")
	stage.Terminal = true
	if err := spinner.Run(stage); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\r| thinking!\r/ thinking!\r- thinking!\r\\ thinking!\r| thinking!") {
		t.Errorf("the bar does not turn on its line: %q", out)
	}
	if !strings.Contains(out.String(), "thinking!\r           \r") {
		t.Errorf("the line is not wiped: %q", out)
	}
}

func TestDemosRefuse(t *testing.T) {
	tests := []struct {
		demo, model string
		change      func(*Stage)
		want        string
	}{
		{"spinner", "serial", nil, "try another model than serial"},
		{"timeout", "serial", nil, "try another model than serial"},
		{"sleep", "serial", func(s *Stage) { s.Scale = 0 }, "want a factor above 0"},
		{"sleep", "serial", func(s *Stage) { s.Form = "tasks" }, "one form only"},
		{"say-after", "serial", func(s *Stage) { s.Form = "both" }, "want one of tasks, sequential"},
		{"download", "serial", func(s *Stage) { s.Pages = "" }, "start one with bench serve"},
		{"say-after", "serial", func(s *Stage) { s.Out, s.Scale = broken{}, 0.001 }, "no space"},
		{"factorial", "serial", func(s *Stage) { s.Out, s.Scale = broken{}, 0.001 }, "no space"},
	}
	for _, test := range tests {
		d, err := Find(test.demo)
		if err != nil {
			t.Fatal(err)
		}
		stage, _ := newStage(t, test.model, "")
		if test.change != nil {
			test.change(stage)
		}
		if err := d.Run(stage); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.demo, err, test.want)
		}
	}
	if _, err := Find("sleeep"); err == nil || !strings.Contains(err.Error(), "there are: sleep, download") {
		t.Errorf("%v, want the names of all demos", err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// Every model that can play a demo must say in its own words what it does.
func TestEveryModelHasWords(t *testing.T) {
	for _, d := range All {
		for _, name := range []string{"coroutine", "threads", "goroutine", "serial"} {
			if needs := name == "serial" && d.needsTasks != ""; (d.words[name] == "") != needs {
				t.Errorf("%s under %s: words are %q", d.Name, name, d.words[name])
			}
		}
	}
}

func TestObject(t *testing.T) {
	for want, traits := range map[string]models.Traits{
		`<thread "spinner", not started>`:    {Concurrent: true, ThreadEach: true},
		`<task "spinner", pending>`:          {Concurrent: true, OneThread: true},
		`<goroutine "spinner", not started>`: {Concurrent: true},
	} {
		if got := object(traitsOnly{traits: traits}); got != want {
			t.Errorf("%+v: %s, want %s", traits, got, want)
		}
	}
}

type traitsOnly struct {
	models.Model
	traits models.Traits
}

func (m traitsOnly) Traits() models.Traits { return m.traits }
