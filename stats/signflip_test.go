package stats

import "testing"

// TestSignedSums: all choices of the signs of three values stand in the table of
// eight, each as often as any other.
func TestSignedSums(t *testing.T) {
	count := map[float64]int{}
	for _, sum := range signedSums([]float64{1, 2, 4}) {
		count[sum]++
	}
	for sum := -7.0; sum <= 7; sum += 2 {
		if count[sum] != 256/8 {
			t.Errorf("the sum %v stands there %d times, want 32", sum, count[sum])
		}
	}
}

// BenchmarkSignFlip is of as many rounds as a long run has.
func BenchmarkSignFlip(b *testing.B) {
	d := make([]float64, 100)
	for i := range d {
		d[i] = float64(i%7) - 2.9
	}
	for b.Loop() {
		SignFlip(d, 1)
	}
}
