package workloads

import "math/bits"

// A matrix is a linear map of 64 bits over the field of two elements: the images
// of the 64 unit vectors. A round of xorshift is one, so many rounds are its power:
// the ledger finds the state after any number of items within microseconds, by a
// route on which none of them is done. (Haramoto, Matsumoto, Nishimura, Panneton,
// L'Ecuyer, Efficient Jump Ahead for F2-Linear Random Number Generators, 2008.)
type matrix [64]uint64

func (m *matrix) times(x uint64) uint64 {
	var y uint64
	for ; x != 0; x &= x - 1 {
		y ^= m[bits.TrailingZeros64(x)]
	}
	return y
}

// squared is the map done twice.
func (m *matrix) squared() *matrix {
	var s matrix
	for i, image := range m {
		s[i] = m.times(image)
	}
	return &s
}

// jump is the state of xorshift64 after so many rounds.
func jump(x, rounds uint64) uint64 {
	m := &matrix{}
	for i := range m {
		m[i] = xorshift(1<<i, 1)
	}
	for ; rounds > 0; rounds >>= 1 {
		if rounds&1 == 1 {
			x = m.times(x)
		}
		m = m.squared()
	}
	return x
}
