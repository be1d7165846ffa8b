package terminal

import (
	"fmt"
	"strings"
)

// Shell is a command as people can paste it into a shell: words that mean
// something to a shell are quoted, and the line holds graphic characters only.
// A word with others is written as $'\033', which bash, zsh, ksh and POSIX.1-2024
// know; any other word needs no more than any shell knows.
func Shell(words ...string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quote(word)
	}
	return strings.Join(quoted, " ")
}

// plain are the characters to which no shell gives a meaning, except zsh to a =
// at the start of a word.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%"

func quote(word string) string {
	if word != "" && word[0] != '=' && strings.Trim(word, plain) == "" {
		return word
	}
	if Line(word) == word {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	var b strings.Builder
	b.WriteString("$'")
	for text, graphic := range characters(word) {
		switch {
		case text == `\` || text == "'":
			b.WriteString(`\` + text)
		case graphic:
			b.WriteString(text)
		default: // in octal, which never takes the digit that follows for its own
			for i := range len(text) {
				fmt.Fprintf(&b, `\%03o`, text[i])
			}
		}
	}
	return b.String() + "'"
}
