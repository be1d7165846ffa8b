package reports

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"sync"
	"testing"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// openBrowser starts a Chromium, or skips the test where there is none.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium in PATH, so the page cannot be opened")
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// A watch is what a page did that it should not.
type watch struct {
	mu       sync.Mutex
	requests []string
	messages []string
}

func (w *watch) event(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		w.requests = append(w.requests, ev.Request.URL)
	case *runtime.EventConsoleAPICalled:
		w.messages = append(w.messages, fmt.Sprint(ev.Type))
	case *runtime.EventExceptionThrown:
		w.messages = append(w.messages, ev.ExceptionDetails.Text)
	case *cdplog.EventEntryAdded:
		w.messages = append(w.messages, ev.Entry.Text)
	}
}

func TestPageOpensFromDisk(t *testing.T) {
	ctx := openBrowser(t)
	var w watch
	if err := chromedp.Listen(ctx, w.event); err != nil {
		t.Fatal(err)
	}
	page := pageOnDisk(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(page)); err != nil {
		t.Fatal(err)
	}
	sections, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("main > section")].map(s => s.id)`))
	if want := []string{"short", "findings", "trouble", "charts", "cells", "pairs", "trust"}; err != nil || !slices.Equal(sections, want) {
		t.Errorf("sections %v, want %v (%v)", sections, want, err)
	}
	empty, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`[...document.querySelectorAll("svg")].filter(s => !s.closest("details") && s.checkVisibility() && s.getBoundingClientRect().height < 50).length`))
	if err != nil || empty != 0 {
		t.Errorf("%d charts have no height (%v)", empty, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.requests, []string{page}) {
		t.Errorf("requests %v, want the page alone", w.requests)
	}
	if len(w.messages) > 0 {
		t.Errorf("the console says %v", w.messages)
	}
}
