package order

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Each order agrees with a slice that is searched, whatever is pushed and popped.
func TestOrders(t *testing.T) {
	orders := map[string]struct {
		make func() Order[int]
		next func(items []int) (index int)
	}{
		"ring":  {func() Order[int] { return &Ring[int]{} }, func([]int) int { return 0 }},
		"stack": {func() Order[int] { return &Stack[int]{} }, func(items []int) int { return len(items) - 1 }},
		"heap": {func() Order[int] { return NewHeap(cmp.Compare[int]) },
			func(items []int) int { return slices.Index(items, slices.Min(items)) }},
	}
	for name, kind := range orders {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				order, model := kind.make(), []int{}
				pop := func() {
					i := kind.next(model)
					if got := order.Pop(); got != model[i] {
						t.Fatalf("Pop of %v gives %d, want %d", model, got, model[i])
					}
					model = slices.Delete(model, i, i+1)
				}
				for range rapid.IntRange(0, 300).Draw(t, "steps") {
					if len(model) > 0 && rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
						pop()
					} else {
						v := rapid.IntRange(0, 50).Draw(t, "value")
						order.Push(v)
						model = append(model, v)
					}
					if order.Len() != len(model) {
						t.Fatalf("Len is %d, want %d", order.Len(), len(model))
					}
				}
				for len(model) > 0 {
					pop()
				}
			})
		})
	}
}

func TestWhatIsTakenIsLetGo(t *testing.T) {
	var ring Ring[*int]
	var stack Stack[*int]
	heap := NewHeap(func(a, b *int) int { return cmp.Compare(*a, *b) })
	for _, order := range []Order[*int]{&ring, &stack, heap} {
		order.Push(new(int))
		order.Push(new(int))
		order.Pop()
		order.Pop()
	}
	for name, slots := range map[string][]*int{
		"ring": ring.slots, "stack": stack.items[:2], "heap": heap.items[:2],
	} {
		if slices.ContainsFunc(slots, func(p *int) bool { return p != nil }) {
			t.Errorf("the %s still refers to a value", name)
		}
	}
}
