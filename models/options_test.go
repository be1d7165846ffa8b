package models_test

import (
	"errors"
	"strings"
	"testing"

	"concbench/models"
)

func FuzzParseOptions(f *testing.F) {
	for _, seed := range []string{"", "a=1", "a=1,b=2", "a", "a=1,a=2", ",", "=,=", "a=bad"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := map[string]string{}
		setter := func(key string) func(string) error {
			return func(value string) error {
				if value == "bad" {
					return errors.New("refused")
				}
				got[key] = value
				return nil
			}
		}
		err := models.ParseOptions(text, map[string]func(string) error{"a": setter("a"), "b": setter("b")})
		if err != nil || text == "" {
			return
		}
		pairs := strings.Split(text, ",")
		if len(pairs) != len(got) {
			t.Fatalf("%q gave %v: a pair was lost or taken twice", text, got)
		}
		for _, pair := range pairs {
			key, value, _ := strings.Cut(pair, "=")
			if got[key] != value {
				t.Fatalf("%q gave %v", text, got)
			}
		}
	})
}

func TestParseOptionsErrorsNameThePair(t *testing.T) {
	refuse := func(string) error { return errors.New("too big") }
	for text, want := range map[string]string{
		"size=9":        `option "size=9": too big`,
		"colour=red":    `option "colour=red": want size=...`,
		"size":          `option "size": want size=...`,
		"":              "",
		"colour=red,,,": `option "colour=red": want size=...`,
	} {
		err := models.ParseOptions(text, map[string]func(string) error{"size": refuse})
		if (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%q: %v; want %s", text, err, want)
		}
	}
	if err := models.ParseOptions("a=1", nil); err == nil || !strings.Contains(err.Error(), "no options") {
		t.Errorf("options for a model without: %v", err)
	}
}
