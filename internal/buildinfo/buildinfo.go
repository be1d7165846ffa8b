// Package buildinfo says which concbench this binary is, so that a run can
// name what made it and a worker of another build can be refused.
package buildinfo

import (
	"runtime/debug"
	"strings"
)

// stamp is set by the Makefile through -ldflags -X: the output of
// git describe --always --dirty.
var stamp string

// Version is the commit or tag, the module version when concbench was
// installed as a module, or "devel" when neither is known. Dirty reports
// whether the tree had changes that no commit holds.
func Version() (version string, dirty bool) {
	if stamp != "" {
		return strings.TrimSuffix(stamp, "-dirty"), strings.HasSuffix(stamp, "-dirty")
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel", false
	}
	return fromModule(info)
}

func fromModule(info *debug.BuildInfo) (version string, dirty bool) {
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			version = s.Value
		case "vcs.modified":
			dirty = s.Value == "true"
		}
	}
	switch {
	case version != "":
		return version, dirty
	case info.Main.Version != "" && info.Main.Version != "(devel)":
		return info.Main.Version, false
	}
	return "devel", false
}
