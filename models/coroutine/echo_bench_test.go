//go:build linux

package coroutine_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"concbench/internal/ratios"
	"concbench/models/coroutine"
	"concbench/models/coroutine/streams"
)

const (
	echoSize        = 64
	echoBuffer      = 4096
	echoChunk       = 2_000 // requests: some 20 ms
	echoIdle        = 10_000
	echoDescriptors = echoIdle + 1_000
)

// BenchmarkEcho is an echo of 64 bytes over loopback TCP. The servers are
// processes of their own, with one of the Go scheduler's processors each; the
// client is this process, which asks them in turn. x/net is the requests per
// second of the loop's server by those of a server on Go's net, x/idle by those
// of the same server without 10,000 idle connections: the medians of the ratios
// of neighbours. The same with -cpu is about the requests per second of the
// server's processor time, which says more where the client or other programs
// hold the servers up.
func BenchmarkEcho(b *testing.B) {
	for _, connections := range []int{1, 100} {
		for _, kind := range []string{"conn", "streams"} {
			b.Run(fmt.Sprintf("connections=%d/server=%s", connections, kind), func(b *testing.B) {
				compareEcho(b, "x/net", startEcho(b, kind, connections, 0), startEcho(b, "net", connections, 0))
			})
		}
	}
	b.Run("connections=100/server=conn/idle=10000", func(b *testing.B) {
		needDescriptors(b, echoDescriptors)
		compareEcho(b, "x/idle", startEcho(b, "conn", 100, echoIdle), startEcho(b, "conn", 100, 0))
	})
}

// compareEcho begins with a chunk that does not count: a server with many
// connections has answered the first of them before it has accepted the last.
func compareEcho(b *testing.B, metric string, subject, baseline *echoClient) {
	subject.rate(b)
	baseline.rate(b)
	var rates, costs ratios.Pairs
	for b.Loop() {
		rate, cost := subject.measure(b)
		baseRate, baseCost := baseline.measure(b)
		rates.Add(rate, baseRate)
		costs.Add(baseCost, cost)
	}
	if !rates.Enough(b) {
		return
	}
	b.ReportMetric(rates.Subject(), "req/s")
	b.ReportMetric(rates.Ratio(), metric)
	b.ReportMetric(costs.Ratio(), metric+"-cpu")
	b.ReportMetric(0, "ns/op") // of both servers: it would say nothing
}

// measure is one chunk: how many requests per second were answered, and how
// much processor time the server used.
func (c *echoClient) measure(b *testing.B) (rate, cost float64) {
	before := c.serverTime(b)
	rate = c.rate(b)
	return rate, c.serverTime(b) - before
}

// serverTime is the processor time of all threads of the server, in
// nanoseconds.
func (c *echoClient) serverTime(b *testing.B) (ns float64) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", c.server))
	if err != nil || len(files) == 0 {
		b.Fatalf("the server has no threads in /proc: %v", err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), " ")
		n, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			b.Fatalf("%s: %v", f, err)
		}
		ns += float64(n)
	}
	return ns
}

// needDescriptors skips the benchmark if this process, and so its children,
// cannot have as many.
func needDescriptors(b *testing.B, n uint64) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		b.Skip("the limit of descriptors is not known: ", err)
	}
	if limit.Cur < n { // Go has raised it as far as it can
		b.Skipf("%d descriptors are needed, %d may be open: raise ulimit -Hn", n, limit.Cur)
	}
}

// An echoClient is a bare epoll loop, so that it is not what is measured.
type echoClient struct {
	server int // its process
	epoll  int
	fds    []int
	events [128]unix.EpollEvent
}

// startEcho starts a server in a process of its own and connects to it.
func startEcho(b *testing.B, kind string, connections, idle int) *echoClient {
	b.Helper()
	server := exec.Command(os.Args[0], "-test.run=^TestEchoServer$")
	server.Env = append(os.Environ(), echoRole+"="+kind, "GOMAXPROCS=1")
	server.Stderr = os.Stderr
	in, err := server.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { in.Close(); server.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatalf("the server %s did not start: %v", kind, err)
	}
	return connectEcho(b, server.Process.Pid, strings.TrimSpace(address), connections, idle)
}

func connectEcho(b *testing.B, server int, address string, connections, idle int) *echoClient {
	b.Helper()
	to, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	c := &echoClient{server: server}
	b.Cleanup(c.close)
	if c.epoll, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC); err != nil {
		b.Fatal(err)
	}
	for i := range idle + connections {
		fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
		if err != nil {
			b.Fatal(err)
		}
		c.fds = append(c.fds, fd)
		unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
		if err := unix.Connect(fd, &unix.SockaddrInet4{Addr: [4]byte(to.IP.To4()), Port: to.Port}); err != nil {
			b.Fatal(err)
		}
		if i >= idle {
			unix.SetNonblock(fd, true)
			e := unix.EpollEvent{Events: unix.EPOLLIN | unix.EPOLLET, Fd: int32(fd)}
			if err := unix.EpollCtl(c.epoll, unix.EPOLL_CTL_ADD, fd, &e); err != nil {
				b.Fatal(err)
			}
		}
	}
	active := c.fds[idle:]
	c.fds = append(slices.Clone(active), c.fds[:idle]...)
	c.fds = c.fds[:len(active):len(c.fds)]
	return c
}

// close closes the idle ones as well, which stand beyond the slice's end.
func (c *echoClient) close() {
	for _, fd := range c.fds[:cap(c.fds)] {
		unix.Close(fd)
	}
	unix.Close(c.epoll)
}

// rate makes requests, one at a time on each connection, and returns how many
// per second were answered.
func (c *echoClient) rate(b *testing.B) float64 {
	var buffer [echoSize]byte
	begin := time.Now()
	sent, answered := 0, 0
	for _, fd := range c.fds {
		c.send(b, fd, buffer[:])
		sent++
	}
	for answered < sent {
		n, err := unix.EpollWait(c.epoll, c.events[:], 10_000)
		if err == unix.EINTR {
			continue
		}
		if n <= 0 {
			b.Fatalf("the server does not answer: %v", err)
		}
		for _, e := range c.events[:n] {
			if n := transfer(unix.SYS_READ, int(e.Fd), buffer[:]); n != echoSize {
				b.Fatalf("the server answered with %d bytes", n)
			}
			answered++
			if sent < echoChunk {
				c.send(b, int(e.Fd), buffer[:])
				sent++
			}
		}
	}
	return float64(answered) / time.Since(begin).Seconds()
}

func (c *echoClient) send(b *testing.B, fd int, p []byte) {
	if n := transfer(unix.SYS_WRITE, fd, p); n != len(p) {
		b.Fatalf("sent %d bytes", n)
	}
}

// transfer is a read or a write of which the Go scheduler does not know.
func transfer(call uintptr, fd int, p []byte) int {
	n, _, _ := unix.RawSyscall(call, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)))
	return int(n)
}

const echoRole = "CONCBENCH_ECHO_SERVER"

// TestEchoServer is the server's process: it prints its address and serves
// until its input ends.
func TestEchoServer(t *testing.T) {
	kind := os.Getenv(echoRole)
	if kind == "" {
		t.Skip("it is the other process of BenchmarkEcho")
	}
	serve := map[string]func() error{
		"net": echoOnNet, "conn": onLoop(echoOnConns), "streams": onLoop(echoOnStreams),
	}[kind]
	if err := serve(); err != nil {
		t.Fatal(err)
	}
}

// onLoop serves until the input ends.
func onLoop(serve func(t *coroutine.Task) error) func() error {
	return func() error {
		l, err := coroutine.NewLoop()
		if err != nil {
			return err
		}
		defer l.Close()
		l.SetExceptionHandler(func(*coroutine.Loop, coroutine.ErrorReport) {}) // the tasks are given up on purpose
		untilInputEnds(func() { l.CallSoonThreadsafe(l.Stop) })
		l.Start("serve", serve)
		return l.RunForever()
	}
}

func echoOnConns(t *coroutine.Task) error {
	listener, err := t.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	for {
		c, err := listener.Accept()
		if err != nil {
			return err
		}
		t.Start("echo", func(*coroutine.Task) error { return echoAll(c) })
	}
}

func echoOnStreams(t *coroutine.Task) error {
	server, err := streams.StartServer(t, "tcp", "127.0.0.1:0", func(t *coroutine.Task, r *streams.StreamReader, w *streams.StreamWriter) error {
		defer w.Close()
		buffer := make([]byte, echoBuffer)
		for {
			n, err := r.ReadInto(t, buffer)
			if err != nil {
				return nil
			}
			w.Write(buffer[:n])
			if err := w.Drain(t); err != nil {
				return nil
			}
		}
	})
	if err != nil {
		return err
	}
	fmt.Println(server.Addrs()[0])
	return server.ServeForever(t)
}

func echoOnNet() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	untilInputEnds(func() { listener.Close() })
	for {
		c, err := listener.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			return err
		}
		go echoAll(c)
	}
}

func untilInputEnds(f func()) {
	go func() { io.Copy(io.Discard, os.Stdin); f() }()
}

func echoAll(c net.Conn) error {
	defer c.Close()
	buffer := make([]byte, echoBuffer)
	for {
		n, err := c.Read(buffer)
		if err != nil {
			return nil
		}
		if _, err := c.Write(buffer[:n]); err != nil {
			return nil
		}
	}
}
