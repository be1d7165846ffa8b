package fidelity

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// An output takes what a twin prints, as sys.stdout does for a script. It may be
// used by several goroutines.
type output struct {
	mu   sync.Mutex
	text strings.Builder
}

// print is Python's print: the words, separated by one space, and a new line.
func (o *output) print(words ...any) {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = str(w)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.WriteString(strings.Join(texts, " ") + "\n")
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// str is Python's str for what traces are made of. Bytes are decoded, and an error
// is its message, as in the scripts.
func str(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case string:
		return v
	case []byte:
		return string(v)
	case int, int64, uint64:
		return fmt.Sprint(v)
	case float64:
		return strFloat(v)
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	}
	panic(fmt.Sprintf("how Python would print a %T is not known: teach str", v))
}

func strFloat(f float64) string {
	switch size := math.Abs(f); {
	case math.IsInf(f, 0) || math.IsNaN(f):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64), "+"))
	case size != 0 && (size < 1e-4 || size >= 1e16):
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if strings.Contains(text, ".") {
		return text
	}
	return text + ".0"
}

func TestPrint(t *testing.T) {
	out := new(output)
	out.print()
	out.print("a  b", []byte("bytes"), 7, valueError("bad job"))
	out.print(nil, true, false, error(nil))
	out.print(10.0, -0.5, 0.30000000000000004, 100.0/3, 0.0, 1e15, 1e16, 1.5e-5, 0.0001, math.Inf(1), math.Inf(-1), math.NaN())
	const want = `
a  b bytes 7 bad job
None True False None
10.0 -0.5 0.30000000000000004 33.333333333333336 0.0 1000000000000000.0 1e+16 1.5e-05 0.0001 inf -inf nan
`
	if got := out.String(); got != want {
		t.Errorf("printed:\n%swant:\n%s", got, want)
	}
}
