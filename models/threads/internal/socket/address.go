package socket

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strconv"

	"golang.org/x/sys/unix"

	"concbench/models/threads/internal/gil"
)

// resolve turns an address into the kernel's form. anyHost tells what a missing host
// means. Only a host name needs the resolver, which blocks.
func resolve(t *gil.ThreadState, network, address string, anyHost func() string) ([]unix.Sockaddr, error) {
	switch network {
	case "unix":
		if address == "" {
			return nil, &net.AddrError{Err: "missing path", Addr: address}
		}
		return []unix.Sockaddr{&unix.SockaddrUnix{Name: address}}, nil
	case "tcp":
		return resolveTCP(t, address, anyHost)
	}
	return nil, net.UnknownNetworkError(network)
}

func resolveTCP(t *gil.ThreadState, address string, anyHost func() string) ([]unix.Sockaddr, error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := net.DefaultResolver.LookupPort(context.Background(), "tcp", service)
	if err != nil {
		return nil, err
	}
	if host == "" {
		host = anyHost()
	}
	ips, err := lookup(t, host)
	if err != nil {
		return nil, err
	}
	var addrs []unix.Sockaddr
	for _, ip := range ips {
		addrs = append(addrs, tcpSockaddr(ip, port))
	}
	return addrs, nil
}

func lookup(t *gil.ThreadState, host string) (ips []netip.Addr, err error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	err = t.Block(func() (err error) {
		ips, err = net.DefaultResolver.LookupNetIP(context.Background(), "ip", host)
		return err
	})
	if err == nil && len(ips) == 0 {
		err = errors.New("no address for host " + host)
	}
	return ips, err
}

// wildcard is the address that listens on all others: that of IPv6, which covers IPv4
// too, where the machine has IPv6 and lets it be used.
func wildcard() string {
	all := &unix.SockaddrInet6{}
	fd, err := newSocket(all)
	if err != nil {
		return "0.0.0.0"
	}
	defer unix.Close(fd)
	if unix.Bind(fd, all) != nil {
		return "0.0.0.0"
	}
	return "::"
}

func tcpSockaddr(ip netip.Addr, port int) unix.Sockaddr {
	if ip = ip.Unmap(); ip.Is4() {
		return &unix.SockaddrInet4{Port: port, Addr: ip.As4()}
	}
	return &unix.SockaddrInet6{Port: port, Addr: ip.As16(), ZoneId: zoneID(ip.Zone())}
}

// zoneID is the index of the network interface that an IPv6 zone gives by name or by
// number; 0 is none.
func zoneID(zone string) uint32 {
	if zone == "" {
		return 0
	}
	if ifi, err := net.InterfaceByName(zone); err == nil {
		return uint32(ifi.Index)
	}
	n, _ := strconv.ParseUint(zone, 10, 32)
	return uint32(n)
}

func localAddr(fd int, network string) net.Addr {
	addr, err := unix.Getsockname(fd)
	if err != nil {
		return netAddr(nil, network)
	}
	return netAddr(addr, network)
}

func remoteAddr(fd int, network string) net.Addr {
	addr, err := unix.Getpeername(fd)
	if err != nil {
		return netAddr(nil, network)
	}
	return netAddr(addr, network)
}

// netAddr is the net package's form of a socket address. An address that the kernel did
// not tell has no fields set.
func netAddr(addr unix.Sockaddr, network string) net.Addr {
	switch a := addr.(type) {
	case *unix.SockaddrInet4:
		return &net.TCPAddr{IP: a.Addr[:], Port: a.Port}
	case *unix.SockaddrInet6:
		return &net.TCPAddr{IP: a.Addr[:], Port: a.Port, Zone: zoneName(a.ZoneId)}
	case *unix.SockaddrUnix:
		return &net.UnixAddr{Name: a.Name, Net: network}
	}
	if network == "unix" {
		return &net.UnixAddr{Net: network}
	}
	return &net.TCPAddr{}
}

func zoneName(id uint32) string {
	if id == 0 {
		return ""
	}
	if ifi, err := net.InterfaceByIndex(int(id)); err == nil {
		return ifi.Name
	}
	return strconv.FormatUint(uint64(id), 10)
}
