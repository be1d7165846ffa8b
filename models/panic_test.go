package models_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"concbench/models"
)

// TestPanicIsOneLine: the stack of a panic is for who asks for it, and in no message.
func TestPanicIsOneLine(t *testing.T) {
	boom := errors.New("boom")
	for _, c := range []struct {
		value any
		want  string
	}{
		{"oops", "task panicked: oops"},
		{boom, "task panicked: boom"},
		{"two\nlines", `task panicked: two\nlines`},
		{errors.Join(boom, boom), `task panicked: boom\nboom`},
		{7, "task panicked: 7"},
	} {
		err := models.Protect(func() error { panic(c.value) })
		p, ok := errors.AsType[*models.PanicError](err)
		if !ok || len(p.Stack) == 0 {
			t.Fatalf("panic(%v): %T without a stack", c.value, err)
		}
		for _, text := range []string{err.Error(), fmt.Sprint(err), fmt.Sprintf("%s", err), fmt.Sprintf("%v", err), errors.Join(err).Error()} {
			if text != c.want {
				t.Errorf("panic(%v): the text is %q, want %q", c.value, text, c.want)
			}
		}
		if got, want := fmt.Sprintf("%q|%60s", err, err), fmt.Sprintf("%q|%60s", c.want, c.want); got != want {
			t.Errorf("panic(%v): formatted as %s, want %s", c.value, got, want)
		}
		if detail := fmt.Sprintf("%+v", err); !strings.HasPrefix(detail, c.want+"\n") || !strings.Contains(detail, "panic_test.go:") {
			t.Errorf("panic(%v): %%+v is %q; want the line, and the stack below it", c.value, detail)
		}
	}
}

// TestPanicIsLoggedWithItsStack: what the standard log writes of an error is %+v.
func TestPanicIsLoggedWithItsStack(t *testing.T) {
	var out strings.Builder
	err := models.Protect(func() error { panic("oops") })
	slog.New(slog.NewTextHandler(&out, nil)).Error("Exception in callback", "error", err)
	if !strings.Contains(out.String(), "task panicked: oops") || !strings.Contains(out.String(), "panic_test.go:") {
		t.Errorf("logged: %s", &out)
	}
}

func TestDetailFindsTheStack(t *testing.T) {
	err := models.Protect(func() error { panic("oops") })
	for _, wrapped := range []error{err, fmt.Errorf("job: %w", err), errors.Join(errors.New("first"), err)} {
		if got := models.Detail(wrapped); !strings.HasPrefix(got, wrapped.Error()+"\n") || strings.Count(got, "[running]") != 1 {
			t.Errorf("%v: %q; want its text, and the stack once", wrapped, got)
		}
	}
	if got := models.Detail(errors.New("plain")); got != "plain" {
		t.Errorf("no panic: %q", got)
	}
}
