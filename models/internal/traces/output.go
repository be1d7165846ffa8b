package traces

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// An Output takes what a twin prints, as sys.stdout does for a script. It may be
// used by several goroutines.
type Output struct {
	mu   sync.Mutex
	text strings.Builder
}

// Print is Python's print: the words, separated by one space, and a new line.
func (o *Output) Print(words ...any) {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = str(w)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.WriteString(strings.Join(texts, " ") + "\n")
}

// String is all that was printed.
func (o *Output) String() string {
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
