package coroutine

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// AddrInfoFlags are getaddrinfo's and getnameinfo's.
type AddrInfoFlags uint8

const (
	NumericHost  AddrInfoFlags = 1 << iota // names are not looked up: AI_NUMERICHOST, NI_NUMERICHOST
	Passive                                // an empty host is to be listened on: AI_PASSIVE
	NameRequired                           // a host without a name is an error: NI_NAMEREQD
)

// GetAddrInfo looks up, in the default executor, the addresses that a host and
// a service stand for, on "tcp" or "udp", or of one family with a 4 or a 6
// behind that. They are [*net.TCPAddr]s or [*net.UDPAddr]s; what is not found is
// a [*net.DNSError]. An empty host is this machine: for clients its loopback
// address, for servers (see [Passive]) all its addresses.
func (t *Task) GetAddrInfo(network, host, service string, flags AddrInfoFlags) ([]net.Addr, error) {
	if err := t.runs("GetAddrInfo"); err != nil {
		return nil, err
	}
	protocol := strings.TrimRight(network, "46")
	if protocol != "tcp" && protocol != "udp" || len(network) > len("tcp4") {
		return nil, net.UnknownNetworkError(network)
	}
	family := "ip" + strings.TrimPrefix(network, protocol)
	return RunInExecutor(t.loop, nil, func() ([]net.Addr, error) {
		port, err := strconv.Atoi(service)
		if service != "" && (err != nil || port < 0 || port > 65535) {
			if port, err = net.LookupPort(network, service); err != nil {
				return nil, err
			}
		}
		ips, err := lookUpIPs(family, host, flags)
		if err != nil {
			return nil, err
		}
		var all []net.Addr
		for _, ip := range ips {
			all = append(all, inetAddr(protocol, netip.AddrPortFrom(ip.Unmap(), uint16(port))))
		}
		return all, nil
	}).Await(t)
}

// lookUpIPs may block.
func lookUpIPs(family, host string, flags AddrInfoFlags) ([]netip.Addr, error) {
	if host == "" {
		return ownIPs(family, flags&Passive != 0), nil
	}
	if _, err := netip.ParseAddr(host); err != nil && flags&NumericHost != 0 {
		return nil, &net.DNSError{Err: "name or service not known", Name: host, IsNotFound: true}
	}
	return net.DefaultResolver.LookupNetIP(context.Background(), family, host)
}

func ownIPs(family string, passive bool) (all []netip.Addr) {
	four, six := netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()
	if passive {
		four, six = netip.IPv4Unspecified(), netip.IPv6Unspecified()
	}
	if family != "ip6" {
		all = append(all, four)
	}
	if family != "ip4" {
		all = append(all, six)
	}
	return all
}

func inetAddr(protocol string, a netip.AddrPort) net.Addr {
	if protocol == "udp" {
		return net.UDPAddrFromAddrPort(a)
	}
	return net.TCPAddrFromAddrPort(a)
}

// GetNameInfo looks up, in the default executor, the name of the host of an
// address, a [*net.TCPAddr] or [*net.UDPAddr]. Without a name it is the address
// again, unless [NameRequired] makes that an error. The service is always the
// number: Go has no table of names. If there is no address, the error is
// [ErrNoAddress].
func (t *Task) GetNameInfo(of net.Addr, flags AddrInfoFlags) (host, service string, err error) {
	const op = "GetNameInfo"
	if err := t.runs(op); err != nil {
		return "", "", err
	}
	if isMissing(of) {
		return "", "", misuse(op, ErrNoAddress)
	}
	host, service, err = net.SplitHostPort(of.String())
	if err != nil {
		return "", "", fmt.Errorf("coroutine: %s: %w", op, err)
	}
	if flags&NumericHost != 0 {
		return host, service, nil
	}
	names, err := RunInExecutor(t.loop, nil, func() ([]string, error) { return net.LookupAddr(host) }).Await(t)
	switch {
	case len(names) > 0:
		return strings.TrimSuffix(names[0], "."), service, nil
	case isCancellation(err) || flags&NameRequired != 0:
		return "", "", err
	}
	return host, service, nil
}
