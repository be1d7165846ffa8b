package monitor

import (
	"runtime"
	"strings"
	"testing"

	"concbench/models/internal/leaktest"
)

func TestOneTickerForAll(t *testing.T) {
	defer leaktest.NothingLeft(t)()
	KeepAwake()
	KeepAwake()
	if n := tickers(); n != 1 {
		t.Errorf("%d tickers for two users", n)
	}
	LetSleep()
	if n := tickers(); n != 1 {
		t.Errorf("%d tickers when one of two has ended", n)
	}
	LetSleep()
}

func tickers() int {
	stacks := make([]byte, 1<<16)
	stacks = stacks[:runtime.Stack(stacks, true)]
	return strings.Count(string(stacks), "created by concbench/models/internal/monitor.KeepAwake")
}
