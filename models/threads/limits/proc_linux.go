package limits

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// threadBytes is the memory that one parked thread is taken to cost. A control group
// with 2,571 of them counted 46 KiB per thread, kernel stacks included; the rest is
// for stacks of the Go runtime that are reserved now and used later.
const threadBytes = 64 << 10

// A system is the source of the limits: the real one, or a test's.
type system struct {
	root          fs.FS // the root directory, for /proc and /sys
	uid           int
	userThreads   uint64 // RLIMIT_NPROC, math.MaxUint64 for none
	mapsPerThread int64
}

// System is how many more threads this process may start on this machine, now. It
// takes about half a millisecond.
func System() Ceiling { return probe(thisSystem()) }

func thisSystem() system {
	s := system{root: os.DirFS("/"), uid: os.Getuid(), userThreads: math.MaxUint64, mapsPerThread: mapsPerThread}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NPROC, &limit); err == nil {
		s.userThreads = limit.Cur
	}
	return s
}

// probe asks every limit on threads that Linux has. A limit that cannot be read
// counts as absent: in one container or another, most of them are.
func probe(s system) Ceiling {
	var rooms []headroom
	rooms = append(rooms, s.kernelRooms()...)
	rooms = append(rooms, s.userRoom()...)
	rooms = append(rooms, s.mapRoom()...)
	rooms = append(rooms, s.memoryRoom()...)
	rooms = append(rooms, s.cgroupRooms()...)
	return lowest(rooms)
}

// reservedPids is RESERVED_PIDS of the kernel's kernel/pid.c: once the counter of
// thread ids has wrapped around, the kernel gives no id below it.
const reservedPids = 300

// kernelRooms are the limits on all threads of the machine.
func (s system) kernelRooms() []headroom {
	present := s.allThreads()
	var rooms []headroom
	for name, unusable := range map[string]int64{"threads-max": 0, "pid_max": reservedPids} {
		file := "proc/sys/kernel/" + name
		if value, ok := s.number(file); ok {
			rooms = append(rooms, headroom{value - unusable - present, Error{
				Limit: "the kernel's limit on threads, kernel." + name, Value: value, File: "/" + file,
				Try: fmt.Sprintf("ask for fewer tasks, or raise it: sysctl kernel.%s=%d", name, 4*value),
			}})
		}
	}
	return rooms
}

// allThreads is the number of threads on the machine, from the fourth field of
// /proc/loadavg, runnable/all.
func (s system) allThreads() int64 {
	text, _ := fs.ReadFile(s.root, "proc/loadavg")
	fields := strings.Fields(string(text))
	if len(fields) < 4 {
		return 0
	}
	_, all, _ := strings.Cut(fields[3], "/")
	n, _ := strconv.ParseInt(all, 10, 64)
	return n
}

// userRoom is RLIMIT_NPROC, which does not bind the superuser.
func (s system) userRoom() []headroom {
	if s.superuser() || s.userThreads > math.MaxInt32 {
		return nil
	}
	value := int64(s.userThreads)
	return []headroom{{value - s.threadsOfUser(), Error{
		Limit: "the user's limit on threads, RLIMIT_NPROC", Value: value, File: "ulimit -u",
		Try: "ask for fewer tasks, or raise it: ulimit -u unlimited",
	}}}
}

// superuser tells root from the root of a user namespace, who is an ordinary user
// outside it: /proc/self/uid_map maps that one to another id.
func (s system) superuser() bool {
	text, err := fs.ReadFile(s.root, "proc/self/uid_map")
	fields := strings.Fields(string(text))
	return s.uid == 0 && (err != nil || len(fields) > 1 && fields[1] == "0")
}

// threadsOfUser adds up the threads of all processes of the user.
func (s system) threadsOfUser() (sum int64) {
	files, _ := fs.Glob(s.root, "proc/[0-9]*/status")
	for _, file := range files {
		text, _ := fs.ReadFile(s.root, file) // a process that has ended has no threads
		if uid, ok := field(string(text), "Uid:"); ok && uid == int64(s.uid) {
			n, _ := field(string(text), "Threads:")
			sum += n
		}
	}
	return sum
}

// mapRoom is the limit on memory mappings. A thread of a pure Go program needs none,
// a thread that was started through the C library needs two.
func (s system) mapRoom() []headroom {
	value, ok := s.number("proc/sys/vm/max_map_count")
	if !ok || s.mapsPerThread == 0 {
		return nil
	}
	maps, _ := fs.ReadFile(s.root, "proc/self/maps")
	used := int64(strings.Count(string(maps), "\n"))
	return []headroom{{(value - used) / s.mapsPerThread, Error{
		Limit: "the limit on memory mappings of a process, vm.max_map_count", Value: value, File: "/proc/sys/vm/max_map_count",
		Try: fmt.Sprintf("ask for fewer tasks, build with CGO_ENABLED=0, or raise it: sysctl vm.max_map_count=%d", 4*value),
	}}}
}

// memoryRoom is the memory that the machine has left.
func (s system) memoryRoom() []headroom {
	text, _ := fs.ReadFile(s.root, "proc/meminfo")
	kib, ok := field(string(text), "MemAvailable:")
	if !ok {
		return nil
	}
	kib = min(kib, math.MaxInt64>>10)
	return []headroom{{kib << 10 / threadBytes, Error{
		Limit: "the memory available, in bytes,", Value: kib << 10, File: "/proc/meminfo",
		Try: fmt.Sprintf("ask for fewer tasks: a thread takes about %d KiB", threadBytes>>10),
	}}}
}

// number reads a file that holds one number.
func (s system) number(file string) (int64, bool) {
	text, err := fs.ReadFile(s.root, file)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return n, err == nil
}

// field finds the number that follows name at the start of a line of text.
func field(text, name string) (int64, bool) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) >= 2 && words[0] == name {
			n, err := strconv.ParseInt(words[1], 10, 64)
			return n, err == nil
		}
	}
	return 0, false
}
