//go:build linux

package coroutine

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const (
	echoSize        = 64
	echoChunk       = 2_000 // requests: some 20 ms
	echoIdle        = 10_000
	echoDescriptors = echoIdle + 1_000
)

// BenchmarkEcho is an echo of 64 bytes over loopback TCP. The servers are
// processes of their own, with one of the Go scheduler's processors each; the
// client is this process, which asks them in turn. x/net is the requests per
// second of the loop's server by those of a server on Go's net, x/idle by those
// of the same server without 10,000 idle connections: the medians of the ratios
// of neighbours.
func BenchmarkEcho(b *testing.B) {
	for _, connections := range []int{1, 100} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			compareEcho(b, "x/net", startEcho(b, "loop", connections, 0), startEcho(b, "net", connections, 0))
		})
	}
	b.Run("connections=100/idle=10000", func(b *testing.B) {
		needDescriptors(b, echoDescriptors)
		compareEcho(b, "x/idle", startEcho(b, "loop", 100, echoIdle), startEcho(b, "loop", 100, 0))
	})
}

func compareEcho(b *testing.B, metric string, subject, baseline *echoClient) {
	pairs := max(1, b.N/echoChunk)
	var ratios, rates []float64
	b.ResetTimer()
	for range pairs {
		s, base := subject.rate(b), baseline.rate(b)
		ratios, rates = append(ratios, s/base), append(rates, s)
	}
	b.StopTimer()
	slices.Sort(ratios)
	slices.Sort(rates)
	b.ReportMetric(ratios[len(ratios)/2], metric)
	b.ReportMetric(rates[len(rates)/2], "req/s")
	b.ReportMetric(0, "ns/op") // of both servers: it would say nothing
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
	return connectEcho(b, strings.TrimSpace(address), connections, idle)
}

func connectEcho(b *testing.B, address string, connections, idle int) *echoClient {
	b.Helper()
	to, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	c := &echoClient{}
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
			if n, err := read(int(e.Fd), buffer[:]); n != echoSize {
				b.Fatalf("the server answered with %d bytes, %v", n, err)
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
	if n, err := write(fd, p); n != len(p) {
		b.Fatalf("sent %d bytes, %v", n, err)
	}
}

const echoRole = "CONCBENCH_ECHO_SERVER"

// TestEchoServer is the server's process: it prints its address and serves
// until its input ends.
func TestEchoServer(t *testing.T) {
	kind := os.Getenv(echoRole)
	if kind == "" {
		t.Skip("it is the other process of BenchmarkEcho")
	}
	serve := map[string]func() error{"loop": echoOnLoop, "net": echoOnNet}[kind]
	if err := serve(); err != nil {
		t.Fatal(err)
	}
}

func echoOnLoop() error {
	l, err := NewLoop()
	if err != nil {
		return err
	}
	defer l.Close()
	l.SetExceptionHandler(func(*Loop, ErrorReport) {}) // the tasks are given up on purpose
	return l.run("serve", func() {
		l.Start("serve", func(t *Task) error {
			listener, err := t.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				return err
			}
			fmt.Println(listener.Addr())
			untilInputEnds(func() { l.CallSoonThreadsafe(l.Stop) })
			for {
				c, err := listener.Accept()
				if err != nil {
					return err
				}
				t.Start("echo", func(*Task) error { return echoAll(c) })
			}
		})
	})
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
			return ignoreClosed(err)
		}
		go echoAll(c)
	}
}

func untilInputEnds(f func()) {
	go func() { io.Copy(io.Discard, os.Stdin); f() }()
}

func echoAll(c net.Conn) error {
	defer c.Close()
	buffer := make([]byte, 4096)
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
