package limits

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// A cgroupLimit tells where one limit of control groups is found. The two versions
// of control groups differ in that.
type cgroupLimit struct {
	controller  string // of version 1; empty is the one tree of version 2
	limit, used string // files
	reclaimable string // field of memory.stat: memory in use that the kernel can take back
	perThread   int64  // what one thread takes of it
	what        string // in words
	none        string // written into the file, it lifts the limit
}

var cgroupLimits = []cgroupLimit{
	{"", "pids.max", "pids.current", "", 1, "the control group's limit on threads", "max"},
	{"pids", "pids.max", "pids.current", "", 1, "the control group's limit on threads", "max"},
	{"", "memory.max", "memory.current", "inactive_file", threadBytes,
		"the control group's limit on memory, in bytes,", "max"},
	{"memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file", threadBytes,
		"the control group's limit on memory, in bytes,", "-1"},
}

// cgroupRooms are the limits of the process's control groups and of all groups above
// them: each of them binds. Version 2 writes "max" for no limit, which is no number;
// version 1 writes a number so large that it never binds.
func (s system) cgroupRooms() []headroom {
	var rooms []headroom
	for _, c := range cgroupLimits {
		mount, group, ok := s.cgroup(c.controller)
		for ok {
			if room, has := s.cgroupRoom(c, path.Join(mount, group)); has {
				rooms = append(rooms, room)
			}
			if group == "/" || group == "." {
				break
			}
			group = path.Dir(group)
		}
	}
	return rooms
}

func (s system) cgroupRoom(c cgroupLimit, dir string) (headroom, bool) {
	file := path.Join(dir, c.limit)
	limit, ok := s.number(file)
	if !ok {
		return headroom{}, false
	}
	used, _ := s.number(path.Join(dir, c.used))
	if c.reclaimable != "" {
		stat, _ := fs.ReadFile(s.root, path.Join(dir, "memory.stat"))
		cache, _ := field(string(stat), c.reclaimable)
		used -= cache
	}
	return headroom{(limit - used) / c.perThread, Error{
		Limit: c.what, Value: limit, File: "/" + file,
		Try: fmt.Sprintf("ask for fewer tasks, or lift it: echo %s > /%s", c.none, file),
	}}, true
}

// cgroup finds the mount point of a controller's tree, without the leading slash, and
// the group of this process in that tree.
func (s system) cgroup(controller string) (mount, group string, ok bool) {
	mount, root, ok := s.cgroupMount(controller)
	if !ok {
		return "", "", false
	}
	text, _ := fs.ReadFile(s.root, "proc/self/cgroup")
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) == 3 && has(parts[1], controller) {
			// In a container only a subtree may be mounted.
			return mount, path.Clean("/" + strings.TrimPrefix(parts[2], root)), true
		}
	}
	return "", "", false
}

// cgroupMount reads /proc/self/mountinfo; see proc(5). The fourth and fifth field are
// the mount's root and mount point. After a lone hyphen come its type, its source,
// and the options, which name the controller in version 1.
func (s system) cgroupMount(controller string) (mount, root string, ok bool) {
	text, _ := fs.ReadFile(s.root, "proc/self/mountinfo")
	for line := range strings.Lines(string(text)) {
		left, right, _ := strings.Cut(line, " - ")
		where, what := strings.Fields(left), strings.Fields(right)
		if len(where) < 5 || len(what) < 3 {
			continue
		}
		if controller == "" && what[0] == "cgroup2" || what[0] == "cgroup" && controller != "" && has(what[2], controller) {
			return strings.TrimPrefix(where[4], "/"), strings.TrimSuffix(where[3], "/"), true
		}
	}
	return "", "", false
}

// has reports whether word is in a list separated by commas; the empty list has
// the empty word alone.
func has(list, word string) bool {
	for w := range strings.SplitSeq(list, ",") {
		if w == word {
			return true
		}
	}
	return false
}
