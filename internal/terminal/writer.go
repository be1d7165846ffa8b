package terminal

import (
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/term"
)

// A Writer passes text on with everything escaped that is neither a graphic
// character nor a line end or tab. It is not safe for concurrent use.
type Writer struct {
	to   io.Writer
	part []byte // the beginning of a character that the next Write completes
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{to: w} }

// Write implements [io.Writer]. It reports the bytes of p that were taken, not
// those that were written.
func (w *Writer) Write(p []byte) (int, error) {
	text := append(w.part, p...)
	whole := len(text) - partial(text)
	if _, err := io.WriteString(w.to, escape(string(text[:whole]), "\n\t")); err != nil {
		return 0, err
	}
	w.part = append([]byte(nil), text[whole:]...)
	return len(p), nil
}

// partial is the length of a character at the end of text that may still become whole.
func partial(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if tail := text[len(text)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// Close writes what waits for the rest of a character. It does not close what
// is underneath.
func (w *Writer) Close() error {
	_, err := io.WriteString(w.to, escape(string(w.part), ""))
	w.part = nil
	return err
}

// IsTerminal tells whether the text goes to a terminal.
func (w *Writer) IsTerminal() bool {
	f, ok := w.to.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Raw is what is underneath, for a program that draws by itself: nothing from
// outside may go there.
func (w *Writer) Raw() io.Writer { return w.to }

// wipe returns to the start of the line and clears it.
const wipe = "\r\x1b[K"

// Overwrite replaces the line that the terminal is at with text, cut to the
// width that the terminal has now.
func (w *Writer) Overwrite(text string) error {
	letters := []rune(Line(text))
	if width := w.width(); len(letters) >= width && width > 1 {
		letters = letters[:width-1]
	}
	_, err := io.WriteString(w.to, wipe+string(letters))
	return err
}

func (w *Writer) width() int {
	if f, ok := w.to.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return width
		}
	}
	return 80
}
