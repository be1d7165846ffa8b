package terminal

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is s in one line of graphic characters: letters, marks, numbers,
// punctuation, symbols and spaces. All else becomes a Go escape such as \n, \x1b
// or \u202e, which turns the direction of writing. Bytes that are no UTF-8 become
// \x9b and the like: a terminal of eight bits takes that one for an escape.
func Line(s string) string { return escape(s, "") }

// escape leaves graphic characters as they are, and those in also.
func escape(s, also string) string {
	var b strings.Builder
	for text, graphic := range characters(s) {
		if graphic || strings.Contains(also, text) {
			b.WriteString(text)
		} else {
			b.WriteString(goEscape(text))
		}
	}
	return b.String()
}

// characters are those of s, and for each whether it is a graphic one. A byte
// that is no UTF-8 is a character of its own.
func characters(s string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		for len(s) > 0 {
			r, size := utf8.DecodeRuneInString(s)
			broken := r == utf8.RuneError && size == 1
			if !yield(s[:size], !broken && unicode.IsGraphic(r)) {
				return
			}
			s = s[size:]
		}
	}
}

func goEscape(character string) string {
	switch character {
	case "\n":
		return `\n`
	case "\r":
		return `\r`
	case "\t":
		return `\t`
	}
	switch r, _ := utf8.DecodeRuneInString(character); {
	case len(character) == 1:
		return fmt.Sprintf(`\x%02x`, character[0])
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	default:
		return fmt.Sprintf(`\U%08x`, r)
	}
}
