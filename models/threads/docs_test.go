package threads

import (
	"testing"

	"concbench/models/internal/namepage"
)

// page is docs/threading.md.
var page = namepage.Page{
	File:   "../../docs/threading.md",
	Names:  "testdata/threading_names.txt",
	Script: "testdata/list_threading.py",
	Packages: map[string]string{
		"threading": "threading.",
		"queue":     "queue.",
		"futures":   "futures.",
	},
}

func TestTheThreadingPage(t *testing.T)   { page.Test(t) }
func TestTheNamesArePythons(t *testing.T) { page.TestScript(t) }
