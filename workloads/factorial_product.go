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

// A product is one task's way to a factorial. Each multiplication of two chunks is
// one step that no interpreter lock can interrupt, as a multiplication of large
// integers is in CPython; so is the conversion to digits.
type product struct {
	models.Task
	*factorials
}

// digits is n! in decimal.
func (p *product) digits(n int) (string, error) {
	f, err := p.of(1, n)
	if err != nil {
		return "", err
	}
	var got, want uint64
	err = p.step(false, func() {
		got, want = new(big.Int).Mod(f, big.NewInt(prime)).Uint64(), factorialMod(n)
	})
	if err == nil && got != want {
		err = fmt.Errorf("%d! is wrong: its remainder by %d is %d, not %d", n, int64(prime), got, want)
	}
	if err != nil {
		return "", err
	}
	var text string
	err = p.step(false, func() { text = f.String() })
	return text, err
}

// of is low × (low+1) × ... × high.
func (p *product) of(low, high int) (*big.Int, error) {
	if high-low < chunk {
		f := big.NewInt(int64(low))
		return f, p.step(p.yields, func() {
			for k := low + 1; k <= high; k++ {
				f.Mul(f, big.NewInt(int64(k)))
			}
		})
	}
	middle := low + (high-low)/2
	left, err := p.of(low, middle)
	if err != nil {
		return nil, err
	}
	right, err := p.of(middle+1, high)
	if err != nil {
		return nil, err
	}
	return left, p.step(p.yields, func() { left.Mul(left, right) })
}

// step does one step, counts it, and lets another thread have the lock.
func (p *product) step(yields bool, compute func()) error {
	if p.inside.Add(1) > 1 {
		p.aside.Add(1)
	}
	compute()
	p.inside.Add(-1)
	p.ledger.messages.Add(1)
	p.Checkpoint()
	if !yields {
		return nil
	}
	return p.Yield()
}

// stepsOf is how many steps there are to low × ... × high.
func stepsOf(low, high int) int {
	if high-low < chunk {
		return 1
	}
	middle := low + (high-low)/2
	return stepsOf(low, middle) + stepsOf(middle+1, high) + 1
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
