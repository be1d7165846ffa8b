package traces

import (
	"errors"
	"math"
	"testing"
)

func TestPrint(t *testing.T) {
	out := new(Output)
	out.Print()
	out.Print("a  b", []byte("bytes"), 7, errors.New("bad job"))
	out.Print(nil, true, false, error(nil))
	out.Print(10.0, -0.5, 0.30000000000000004, 100.0/3, 0.0, 1e15, 1e16, 1.5e-5, 0.0001, math.Inf(1), math.Inf(-1), math.NaN())
	const want = `
a  b bytes 7 bad job
None True False None
10.0 -0.5 0.30000000000000004 33.333333333333336 0.0 1000000000000000.0 1e+16 1.5e-05 0.0001 inf -inf nan
`
	if got := out.String(); got != want {
		t.Errorf("printed:\n%swant:\n%s", got, want)
	}
}
