package workloads

import (
	"fmt"
	"math/big"
	"math/bits"

	"concbench/models"
)

// chunk is how many consecutive numbers are multiplied one after another; the
// products of chunks are then multiplied in pairs, so that both factors are of
// about the same length.
const chunk = 64

// factorialDigits is n! in decimal. Each multiplication of two chunks is one
// step that no interpreter lock can interrupt, as a multiplication of large
// integers is in CPython; so is the conversion to digits.
func factorialDigits(t models.Task, n int, yields bool) (string, error) {
	f, err := product(t, 1, n, yields)
	if err != nil {
		return "", err
	}
	if got, want := new(big.Int).Mod(f, big.NewInt(prime)).Uint64(), factorialMod(n); got != want {
		return "", fmt.Errorf("%d! is wrong: its remainder by %d is %d, not %d", n, int64(prime), got, want)
	}
	t.Checkpoint()
	digits := f.String()
	t.Checkpoint()
	return digits, nil
}

// product is low × (low+1) × ... × high.
func product(t models.Task, low, high int, yields bool) (*big.Int, error) {
	if high-low < chunk {
		p := big.NewInt(int64(low))
		for k := low + 1; k <= high; k++ {
			p.Mul(p, big.NewInt(int64(k)))
		}
		return p, step(t, yields)
	}
	middle := low + (high-low)/2
	left, err := product(t, low, middle, yields)
	if err != nil {
		return nil, err
	}
	right, err := product(t, middle+1, high, yields)
	if err != nil {
		return nil, err
	}
	return left.Mul(left, right), step(t, yields)
}

func step(t models.Task, yields bool) error {
	t.Checkpoint()
	if !yields {
		return nil
	}
	return t.Yield()
}

// prime is the Mersenne prime 2^61 - 1.
const prime = 1<<61 - 1

// factorialMod is n! modulo prime, by a route that shares nothing with product.
func factorialMod(n int) uint64 {
	r := uint64(1)
	for k := 2; k <= n; k++ {
		high, low := bits.Mul64(r, uint64(k))
		r = bits.Rem64(high, low, prime)
	}
	return r
}
