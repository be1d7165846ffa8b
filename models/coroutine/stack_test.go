package coroutine

import "testing"

// Tasks that end leave at most as many coroutines as the loop may keep.
func TestIdleCoroutines(t *testing.T) {
	for _, keep := range []int{-1, 0, 1, 3} {
		l, err := NewLoop(IdleCoroutines(keep))
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		err = l.runAll(func(main *Task) error {
			for range 5 {
				main.Start("", func(t *Task) error { sum++; return t.Sleep(1) })
			}
			for main.Yield() == nil && l.tasks.size > 1 {
			}
			if want := max(0, keep); len(l.idle) != want {
				t.Errorf("%d idle coroutines, want %d", len(l.idle), want)
			}
			return nil
		})
		if err != nil || sum != 5 {
			t.Errorf("keeping %d: %d bodies ran, want 5: %v", keep, sum, err)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}
