package coroutine

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whoever comes, is woken or cancelled, and leaves, in whatever order: the
// line knows who has waited longest and whether anybody waits.
func TestWaitersInLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &Loop{}
		var ws waiters
		var want []*waiter
		pick := func(t *rapid.T) *waiter {
			if len(want) == 0 {
				t.Skip("nobody is in line")
			}
			return want[rapid.IntRange(0, len(want)-1).Draw(t, "who")]
		}
		t.Repeat(map[string]func(*rapid.T){
			"come": func(*rapid.T) {
				w := &waiter{promise: promise{loop: l}}
				ws.add(w)
				want = append(want, w)
			},
			"wake":   func(t *rapid.T) { pick(t).wake() },
			"cancel": func(t *rapid.T) { pick(t).Cancel() },
			"leave": func(t *rapid.T) {
				w := pick(t)
				ws.remove(w)
				want = slices.DeleteFunc(want, func(other *waiter) bool { return other == w })
			},
			"wake the first": func(*rapid.T) {
				if w := ws.firstAsleep(); w != nil {
					w.wake()
				}
			},
			"": func(t *rapid.T) { checkLine(t, &ws, want) },
		})
	})
}

func checkLine(t *rapid.T, ws *waiters, want []*waiter) {
	var got []*waiter
	for w := ws.first; w != nil; w = w.next {
		got = append(got, w)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%d are in line, want %d, or another order", len(got), len(want))
	}
	var asleep *waiter
	waiting := false
	for _, w := range want {
		if asleep == nil && w.state == pending {
			asleep = w
		}
		waiting = waiting || w.state != cancelled
	}
	if ws.firstAsleep() != asleep || ws.waiting() != waiting {
		t.Fatalf("the wrong one is first, or waiting() is not %v", waiting)
	}
}
