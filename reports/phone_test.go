package reports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A viewer is a browser with the page of the fixture.
type viewer struct {
	*testing.T
	ctx context.Context
}

func view(t *testing.T) viewer {
	v := viewer{t, openBrowser(t)}
	if err := chromedp.Do(v.ctx, chromedp.Navigate(pageOnDisk(t))); err != nil {
		t.Fatal(err)
	}
	return v
}

// pageOnDisk writes the page of the fixture and returns its address.
func pageOnDisk(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), PageName)
	if err := os.WriteFile(path, fixtureReport(t)[PageName], 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + path
}

func (v viewer) resize(width, height int64) {
	v.Helper()
	if err := chromedp.Do(v.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		v.Fatal(err)
	}
}

// number evaluates an expression whose value is a number.
func (v viewer) number(script string) float64 {
	v.Helper()
	n, err := chromedp.Run(v.ctx, chromedp.Evaluate[float64](script))
	if err != nil {
		v.Fatalf("%s: %v", script, err)
	}
	return n
}

func (v viewer) unfold() {
	v.Helper()
	v.number(`[...document.querySelectorAll("details")].forEach(d => d.open = true), 0`)
}

// The windows in which the page is looked at, in pixels: phones, a tablet, a laptop.
var windows = []int64{320, 390, 800, 1200}

func TestNothingIsWiderThanTheWindow(t *testing.T) {
	v := view(t)
	for _, folded := range []bool{true, false} {
		if !folded {
			v.unfold()
		}
		for _, width := range windows {
			v.resize(width, 844)
			if wide := v.number(`document.documentElement.scrollWidth`); wide > float64(width) {
				t.Errorf("folded %v: the page is %v wide in a window of %d", folded, wide, width)
			}
		}
	}
}

// On a phone the folded page has a bounded length, its first screen names the
// models, who won, and where to read on.
func TestPageOnAPhone(t *testing.T) {
	v := view(t)
	v.resize(390, 844)
	if height := v.number(`document.documentElement.scrollHeight`); height > 13_000 {
		t.Errorf("the page is %v pixels long", height)
	}
	for what, selector := range map[string]string{"what was compared": "h1", "who won": ".standings tbody tr", "how surely": ".standings .num", "where to read on": "nav a[href='#charts']"} {
		if bottom := v.number(fmt.Sprintf(`document.querySelector(%q).getBoundingClientRect().bottom`, selector)); bottom <= 0 || bottom > 844 {
			t.Errorf("%s ends at %v, below the first screen", what, bottom)
		}
	}
	v.unfold()
	outside := `[...document.querySelectorAll(%q)].filter(e => { const r = e.getBoundingClientRect(); return r.width == 0 || r.left < 0 || r.right > 390 }).length`
	for _, selector := range []string{".chip", ".pairs td:nth-child(2)", "#cells td"} {
		if n := v.number(fmt.Sprintf(outside, selector)); n != 0 {
			t.Errorf("%v of %s are not in the window", n, selector)
		}
	}
}

// The text of a chart is never smaller than a reader can read, on any screen.
func TestTextInChartsIsLegible(t *testing.T) {
	v := view(t)
	v.unfold()
	for _, width := range windows[1:] {
		v.resize(width, 844)
		smallest := v.number(`Math.min(...[...document.querySelectorAll("svg text")].filter(e => e.checkVisibility()).map(e =>
			parseFloat(e.style.fontSize) * e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width))`)
		if smallest < 9 {
			t.Errorf("text of %.1f pixels in a window of %d", smallest, width)
		}
		if charts := v.number(`[...document.querySelectorAll("figure")].filter(f => [...f.querySelectorAll("svg")].filter(s => s.checkVisibility()).length != 1).length`); charts != 0 {
			t.Errorf("%v figures show not one drawing in a window of %d", charts, width)
		}
	}
}

// What scrolls sideways can be reached with the keyboard alone, and has a name.
func TestScrollableRegionsAreReachedByKeyboard(t *testing.T) {
	v := view(t)
	v.unfold()
	for _, width := range windows {
		v.resize(width, 844)
		const scrolling = `[...document.querySelectorAll("*")].filter(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth)`
		regions := v.number(scrolling + `.length`)
		if n := v.number(scrolling + `.filter(e => e.tabIndex < 0 || e.getAttribute("role") != "region" || !e.getAttribute("aria-label")).length`); n != 0 {
			t.Errorf("%v of %v scrolling regions have no name or no place in the order of focus, in a window of %d", n, regions, width)
		}
		if width == 800 && regions == 0 {
			t.Error("no region scrolls in a window of 800, so that nothing is tested")
		}
	}
	v.resize(800, 844)
	v.number(`[...document.querySelectorAll("details, a")].forEach(e => e.closest(".scroll") || e.remove()), window.scrollTo(0, 0), 0`)
	reached := map[string]bool{}
	for range 40 {
		if err := chromedp.Do(v.ctx, chromedp.KeyEvent("\t")); err != nil {
			t.Fatal(err)
		}
		name, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](`document.activeElement.getAttribute("aria-label") || ""`))
		if err != nil {
			t.Fatal(err)
		}
		reached[name] = true
	}
	if !reached["Trials without a number"] {
		t.Errorf("the tab key reaches %v", reached)
	}
}

// The same without a browser, as far as the text of the page tells.
func TestPageIsMadeForPhonesAndKeyboards(t *testing.T) {
	page := string(fixtureReport(t)[PageName])
	for _, region := range regexp.MustCompile(`<div class="scroll"[^>]*>`).FindAllString(page, -1) {
		if !regexp.MustCompile(`role="region" tabindex="0" aria-label="[^"]+"`).MatchString(region) {
			t.Errorf("a scrolling region without a name or focus: %s", region)
		}
	}
	for _, figure := range regexp.MustCompile(`(?s)<figure.*?</figure>`).FindAllString(page, -1) {
		if strings.Count(figure, "<svg") != 2 || !strings.Contains(figure, "on-page") || !strings.Contains(figure, "on-phone") {
			t.Errorf("a figure without a drawing for each window: %.200s", figure)
		}
	}
	for _, element := range []string{"table", "tr", "td", "th", "thead", "tbody"} { // as blocks, they lose what they are
		if bare := regexp.MustCompile(`<` + element + `(?: [^>]*)?>`).FindString(page); bare != "" && !strings.Contains(bare, `role="`) {
			t.Errorf("no role: %s", bare)
		}
	}
	if first, order := strings.Index(page, `id="short"`), strings.Index(page, "<details"); first < 0 || first > order {
		t.Error("something folds before the answer")
	}
}
