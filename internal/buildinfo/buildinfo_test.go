package buildinfo

import (
	"runtime/debug"
	"testing"
)

func TestVersion(t *testing.T) {
	defer func(old string) { stamp = old }(stamp)
	for given, want := range map[string]struct {
		version string
		dirty   bool
	}{
		"1a2b3c4":          {"1a2b3c4", false},
		"v1.0-3-g12-dirty": {"v1.0-3-g12", true},
	} {
		stamp = given
		if v, d := Version(); v != want.version || d != want.dirty {
			t.Errorf("stamp %q: Version = %q, %v; want %q, %v", given, v, d, want.version, want.dirty)
		}
	}
	stamp = ""
	if v, _ := Version(); v == "" {
		t.Error("Version without a stamp is empty")
	}
}

func TestFromModule(t *testing.T) {
	built := func(module string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: module}, Settings: settings}
	}
	for name, c := range map[string]struct {
		info    *debug.BuildInfo
		version string
		dirty   bool
	}{
		"commit":    {built("(devel)", debug.BuildSetting{Key: "vcs.revision", Value: "abc"}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}), "abc", true},
		"installed": {built("v1.2.3"), "v1.2.3", false},
		"unknown":   {built("(devel)"), "devel", false},
	} {
		if v, d := fromModule(c.info); v != c.version || d != c.dirty {
			t.Errorf("%s: %q, %v; want %q, %v", name, v, d, c.version, c.dirty)
		}
	}
}
