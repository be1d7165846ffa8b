//go:build unix

package monitor

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// BenchmarkStopTheWorld stops the world while threads begin to block, and prints the
// longest time that this took, in ms. Where the monitor sleeps, one in about a hundred
// thousand takes until a thread comes out of the kernel by itself.
//
//	go test ./models/internal/monitor -run '^$' -bench StopTheWorld -benchtime 150000x
func BenchmarkStopTheWorld(b *testing.B) {
	b.Run("monitor=asleep", benchmarkStopTheWorld)
	b.Run("monitor=awake", func(b *testing.B) {
		KeepAwake()
		defer LetSleep()
		benchmarkStopTheWorld(b)
	})
}

func benchmarkStopTheWorld(b *testing.B) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	var longest time.Duration
	for range b.N {
		begin := time.Now()
		stopBesideBlocking(b)
		longest = max(longest, time.Since(begin))
	}
	b.ReportMetric(float64(longest)/float64(time.Millisecond), "ms/longest")
}

// stopBesideBlocking starts three threads that block in a read, has GOMAXPROCS changed
// meanwhile, which stops the world, and lets them go.
func stopBesideBlocking(b *testing.B) {
	const threads = 3
	begun, released, ended := newPipe(b), newPipe(b), newPipe(b)
	for i := range threads {
		go func() {
			runtime.LockOSThread()
			begun.write(b)
			released.read(b)
			ended.write(b)
		}()
		begun.read(b)
		runtime.GOMAXPROCS(2 + i%2)
	}
	for range threads {
		released.write(b)
	}
	for range threads {
		ended.read(b)
	}
	for _, p := range []pipe{begun, released, ended} {
		syscall.Close(p[0])
		syscall.Close(p[1])
	}
}

// A pipe whose ends block their threads, which those of package os do not.
type pipe [2]int

// patience is how long a thread stays in one call, so that the world is stopped at
// last also where the monitor sleeps. Without it that takes a minute.
const patience = 2 * time.Second

func newPipe(b *testing.B) pipe {
	p, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		b.Fatal(err)
	}
	timeout := syscall.NsecToTimeval(int64(patience))
	if err := syscall.SetsockoptTimeval(p[0], syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &timeout); err != nil {
		b.Fatal(err)
	}
	return p
}

func (p pipe) write(b *testing.B) {
	if _, err := syscall.Write(p[1], []byte{1}); err != nil {
		b.Error(err)
	}
}

func (p pipe) read(b *testing.B) {
	_, err := syscall.Read(p[0], make([]byte, 1))
	for err == syscall.EINTR || err == syscall.EAGAIN {
		_, err = syscall.Read(p[0], make([]byte, 1))
	}
	if err != nil {
		b.Error(err)
	}
}
