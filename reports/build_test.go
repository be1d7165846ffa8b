package reports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBuildWritesThePageAndEveryChartTwice(t *testing.T) {
	run, records := makeFixture(t)
	dir := t.TempDir()
	if err := Build(dir, run, records); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, PageName)); err != nil {
		t.Error(err)
	}
	pngs, err := filepath.Glob(filepath.Join(dir, "*.png"))
	if err != nil || len(pngs) < 10 {
		t.Fatalf("%d pictures, %v", len(pngs), err)
	}
	for _, png := range pngs {
		if _, err := os.Stat(strings.TrimSuffix(png, ".png") + ".svg"); err != nil {
			t.Error(err)
		}
	}
}

func TestTextAlignsAndSaysWhatHasNoNumber(t *testing.T) {
	run, records := makeFixture(t)
	var b strings.Builder
	if err := Text(&b, run, records); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Switch\n", "refused", "skipped", "crashed", "C4   holds"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
