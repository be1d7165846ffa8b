package coroutine

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRingIsAQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r ring[int]
		var want []int
		for i := range rapid.IntRange(0, 300).Draw(t, "steps") {
			if len(want) > 0 && rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				if got := r.pop(); got != want[0] {
					t.Fatalf("pop = %d, want %d", got, want[0])
				}
				want = want[1:]
			} else {
				r.push(i)
				want = append(want, i)
			}
			if r.size != len(want) {
				t.Fatalf("size = %d, want %d", r.size, len(want))
			}
		}
		var rest []int
		for r.size > 0 {
			rest = append(rest, r.pop())
		}
		if !slices.Equal(rest, want) {
			t.Fatalf("the rest is %v, want %v", rest, want)
		}
	})
}

func TestRingLetsGoOfWhatIsTaken(t *testing.T) {
	var r ring[*int]
	r.push(new(int))
	r.pop()
	for i, p := range r.slots {
		if p != nil {
			t.Errorf("slot %d still refers to a value", i)
		}
	}
}
