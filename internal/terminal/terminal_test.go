package terminal

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"plain ± µs │ 1\u00a0%":  "plain ± µs │ 1\u00a0%",
		"red \x1b[31m":           `red \x1b[31m`,
		"two\nlines\r\tand more": `two\nlines\r\tand more`,
		"8 bits \x9b2J":          `8 bits \x9b2J`,
		"C1 \u009b2J":            `C1 \u009b2J`,
		"turned \u202ecod.exe":   `turned \u202ecod.exe`,
		"bell \a, delete \x7f":   `bell \x07, delete \x7f`,
		"tag \U000e0041":         `tag \U000e0041`,
		`a back\slash`:           `a back\slash`,
		"":                       "",
		"half a rune \xe2\x94":   `half a rune \xe2\x94`,
		"the sign \ufffd itself": "the sign \ufffd itself",
	} {
		if got := Line(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// harmless reports whether all of text is graphic, but for line ends and tabs.
func harmless(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && r != '\t' && !unicode.IsGraphic(r)
	})
}

// FuzzWriter writes a text in pieces that cut it anywhere: what comes out is
// harmless, and the same as if it were written at once.
func FuzzWriter(f *testing.F) {
	f.Add([]byte("a\x1b[2J\nb│\x9b\xe2\x94\x82\xff"), uint8(1))
	f.Add([]byte("\xe2\x94"), uint8(2))
	f.Fuzz(func(t *testing.T, text []byte, size uint8) {
		var pieces, whole bytes.Buffer
		write := func(to *bytes.Buffer, step int) {
			w := NewWriter(to)
			for rest := text; len(rest) > 0; {
				n := min(step, len(rest))
				if taken, err := w.Write(rest[:n]); taken != n || err != nil {
					t.Fatalf("Write of %d bytes: %d, %v", n, taken, err)
				}
				rest = rest[n:]
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		write(&pieces, 1+int(size))
		write(&whole, len(text))
		if !harmless(pieces.String()) || pieces.String() != whole.String() {
			t.Errorf("%q became %q in pieces and %q at once", text, &pieces, &whole)
		}
	})
}

func TestOverwriteEscapesAndCuts(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out)
	if err := w.Overwrite("a\x1b]0;title\a" + strings.Repeat("│", 100)); err != nil {
		t.Fatal(err)
	}
	line, ok := strings.CutPrefix(out.String(), wipe)
	if !ok || !harmless(line) || utf8.RuneCountInString(line) != 79 {
		t.Errorf("a terminal of unknown width got %q", out.String())
	}
	if w.IsTerminal() {
		t.Error("a buffer is taken for a terminal")
	}
}

func TestShell(t *testing.T) {
	for want, word := range map[string]string{
		"bench-out/2026-11-21T10-28-46": "bench-out/2026-11-21T10-28-46",
		"''":                            "",
		"'two words'":                   "two words",
		`'it'\''s'`:                     "it's",
		"'$HOME;*'":                     "$HOME;*",
		"'=ls'":                         "=ls",
		`$'a\012b\033[2J\'1\\'`:         "a\nb\x1b[2J'1\\",
		`$'\377'`:                       "\xff",
	} {
		if got := Shell(word); got != want {
			t.Errorf("%q became %s, want %s", word, got, want)
		}
	}
}

// TestShellsReadWhatWasMeant gives any word to real shells.
func TestShellsReadWhatWasMeant(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash to read it")
	}
	rapid.Check(t, func(t *rapid.T) {
		word := string(rapid.SliceOf(rapid.OneOf(rapid.ByteRange(1, 255), rapid.SampledFrom([]byte("' \\\n\x1b$17=-")))).Draw(t, "word"))
		shells := []string{bash}
		if Line(word) == word {
			shells = append(shells, "/bin/sh")
		}
		for _, shell := range shells {
			out, err := exec.Command(shell, "-c", "printf %s "+Shell(word)).Output()
			if err != nil || string(out) != word {
				t.Fatalf("%s read %s as %q, %v; want %q", shell, Shell(word), out, err, word)
			}
		}
		if !harmless(Shell(word)) || strings.Contains(Shell(word), "\n") {
			t.Fatalf("%q is quoted as %q", word, Shell(word))
		}
	})
}
