package coroutine

import (
	"net"
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"
)

// An address goes to the kernel's form and comes back the same.
func FuzzEndpoint(f *testing.F) {
	for _, seed := range []string{"127.0.0.1:80", "0.0.0.0:0", "[::1]:65535", "[::ffff:10.0.0.1]:1", "[fe80::1%7]:443"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := netip.ParseAddrPort(text)
		if err != nil {
			return
		}
		e, err := tcpEndpoint(a)
		if err != nil {
			if a.Addr().Zone() == "" {
				t.Errorf("%v: %v", a, err)
			}
			return
		}
		domain := unix.AF_INET6
		if a.Addr().Unmap().Is4() {
			domain = unix.AF_INET
		}
		if e.domain != domain {
			t.Errorf("the domain of %v is %d, want %d", a, e.domain, domain)
		}
		back := netAddr(e.kernel).(*net.TCPAddr)
		if !back.IP.Equal(e.addr.(*net.TCPAddr).IP) || back.Port != int(a.Port()) {
			t.Errorf("%v came back as %v", a, back)
		}
		zone, err := zoneID(back.Zone)
		if want, _ := zoneID(a.Addr().Unmap().Zone()); zone != want || err != nil {
			t.Errorf("%v came back with zone %q, %v", a, back.Zone, err)
		}
	})
}

func TestUnixEndpoint(t *testing.T) {
	for _, path := range []string{"/tmp/socket", "@abstract"} {
		if back := netAddr(unixEndpoint(path).kernel); back.String() != path || back.Network() != "unix" {
			t.Errorf("%q came back as %v %v", path, back.Network(), back)
		}
	}
}
